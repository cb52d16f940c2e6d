using Xunit;
using static FourStrands.Picture.Tests.TemporaryStore;

namespace FourStrands.Picture.Tests.Views;

/// <summary>A way says on which matches between records it rests.</summary>
public sealed class PathTests : IDisposable
{
    private readonly TemporaryStore store = new();

    public PathTests()
    {
        store.Import(
            Analyst,
            "Register",
            "public",
            "a Company name=Alpha Ltd",
            "p Person name=Hamish Dow Ferrier; birthDate=1961-02-03",
            "o Ownership owner=p; asset=a"
        );
        store.Import(
            Analyst,
            "Other register",
            "public",
            "b Company name=Beta Ltd",
            "p Person name=Hamish Dow Ferrier; birthDate=1961-02-03",
            "o Ownership owner=p; asset=b"
        );
    }

    public void Dispose() => store.Dispose();

    [Fact]
    public void A_match_that_it_crosses_is_said_and_so_is_that_nobody_judged_it()
    {
        var path = Path("alpha", "beta");
        Assert.Equal(["Hamish Dow Ferrier", "Beta Ltd"], path.Steps.Select(s => s.Connection.Other.Caption));
        Assert.Empty(path.Steps[0].Matches);
        var crossed = Assert.Single(path.Steps[1].Matches);
        Assert.Equal(("Register", "Other register"), (crossed.From.Source.Name, crossed.To.Source.Name));
        Assert.Null(crossed.Match.Judgement);
        Assert.InRange(crossed.Match.Probability, 0.95, 1);
        Assert.Empty(path.AtEnd);

        store.As(Analyst).Judge(crossed.From.Id, crossed.To.Id, Verdict.Same, "The same signature");
        Assert.Equal(Verdict.Same, Path("alpha", "beta").Steps[1].Matches.Single().Match.Judgement!.Verdict);
        var back = Path("beta", "alpha").Steps[1].Matches.Single();
        Assert.Equal(("Other register", "Register"), (back.From.Source.Name, back.To.Source.Name));
    }

    [Fact]
    public void At_its_ends_it_says_what_joins_their_records()
    {
        var path = Path("alpha", "hamish");
        Assert.Equal(("Register", "Other register"), Sources(Assert.Single(path.AtEnd)));
        path = Path("hamish", "alpha");
        Assert.Equal(("Other register", "Register"), Sources(Assert.Single(path.Steps[0].Matches)));
        Assert.Empty(path.AtEnd);
        path = Path("hamish", "hamish");
        Assert.Empty(path.Steps);
        Assert.Single(path.AtEnd);
    }

    [Fact]
    public void Where_a_judged_way_and_an_unjudged_one_lead_through_a_subject_the_judged_one_is_taken()
    {
        store.Import(Glenbrae, "Notes", "public", "p Person name=Hamish Dow Ferrier; birthDate=1961-02-03");
        var view = store.As(Analyst);
        var person = store.First(Analyst, "hamish")!;
        Assert.Equal(3, person.Records.Count);
        var (first, second, notes) = (Of(person, "Register"), Of(person, "Other register"), Of(person, "Notes"));
        view.Judge(first, notes, Verdict.Same, "Seen");
        view.Judge(notes, second, Verdict.Same, "Seen");
        var crossed = Path("alpha", "beta").Steps[1].Matches;
        Assert.Equal(["Notes", "Other register"], crossed.Select(m => m.To.Source.Name));
        Assert.All(crossed, m => Assert.Equal(Verdict.Same, m.Match.Judgement!.Verdict));
    }

    private static RecordId Of(Entity entity, string source) => entity.Records.Single(r => r.Source.Name == source).Id;

    private static (string, string) Sources(PathMatch match) => (match.From.Source.Name, match.To.Source.Name);

    private EntityPath Path(string from, string to) => store.As(Analyst).FindPath(store.First(Analyst, from)!.Id, store.First(Analyst, to)!.Id)!;
}
