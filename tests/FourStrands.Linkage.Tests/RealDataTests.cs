using FourStrands.Linkage.Measured;

namespace FourStrands.Linkage.Tests;

/// <summary>Floors under what was measured on real data; the figures themselves come from bench/FourStrands.Linkage.Measure.</summary>
public sealed class RealDataTests
{
    private static string Shared(string path)
    {
        var found = SharedData.Find(path);
        if (found is null)
            Assert.Skip($"{path} is not beside the repository");
        return found!;
    }

    [Fact]
    public void Name_pairs_are_judged_as_people_judge_them()
    {
        var cases = NamePairs.Read(Shared(NamePairs.File));
        NamePairs.Judge(cases);
        Assert.True(NamePairs.At(cases, NameComparison.SameNameAt).F1 > 0.82);
    }

    [Fact]
    public void Screening_finds_the_listed_and_lets_others_pass()
    {
        var screening = new Screening(Shared(Screening.List));
        var positives = SharedData.Rows(Shared(Screening.Positives)).ToList();
        var negatives = SharedData.Rows(Shared(Screening.Negatives)).ToList();
        Assert.True(positives.Count(r => screening.Best(r).Score >= Comparison.PossibleAt) >= 0.97 * positives.Count);
        Assert.True(negatives.Count(r => screening.Best(r).Score >= Comparison.PossibleAt) <= negatives.Count / 1000);
    }

    [Fact]
    public void Febrl_3_is_linked()
    {
        var figures = new Resolution().Run(Resolution.Febrl(Shared("data/er/febrl/dataset3.csv")));
        Assert.True(figures.BlockingRecall > 0.99, figures.ToString());
        Assert.True(figures.F1 > 0.985, figures.ToString());
        Assert.True(figures.AtSame > 0.95, figures.ToString());
    }

    [Fact]
    public void Febrl_4_is_linked()
    {
        var file = Shared("data/er/febrl/dataset4a.csv");
        var figures = new Resolution().Run(Resolution.Febrl(file).Concat(Resolution.Febrl(file.Replace("4a", "4b", StringComparison.Ordinal))));
        Assert.True(figures.BlockingRecall > 0.995, figures.ToString());
        Assert.True(figures.F1 > 0.985, figures.ToString());
    }

    [Fact]
    public void Historical_people_are_linked()
    {
        var figures = new Resolution().Run(Resolution.Historical(Shared("data/er/splink/historical_50k.csv")));
        Assert.True(figures.BlockingRecall > 0.70, figures.ToString());
        Assert.True(figures.F1 > 0.70, figures.ToString());
        Assert.True(figures.KeysPerRow <= 14, figures.ToString());
    }
}
