using FourStrands.Deter.Checks;
using Xunit;

namespace FourStrands.Deter.Tests.Checks;

public sealed class ScaleTest
{
    private const int Companies = 1000;

    [Fact]
    public void A_thousand_bidders_are_checked_in_one_run_and_progress_is_told()
    {
        using var world = new World();
        world.Register("Companies House", [.. Register()]);
        var check = world.Start(World.Glenbrae, string.Join('\n', Enumerable.Range(0, Companies).Select(i => $"{Name(i)} Ltd, {Number(i)}")));
        List<int> told = [];
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var result = world.Checks.Run(world.As(World.Glenbrae), check, new Telling(told), TestContext.Current.CancellationToken);
        TestContext.Current.SendDiagnosticMessage($"1,000 bidders in {watch.Elapsed.TotalSeconds:0.0} s");

        Assert.Equal(Enumerable.Range(1, Companies), told);
        Assert.All(result.Bidders, b => Assert.Single(b.Identity));
        Assert.All(result.Bidders, b => Assert.Single(b.Officers));
        // Each person runs four of the companies; every hundredth person is sanctioned.
        Assert.Equal(Companies / 4, result.Links.Count(l => l.Kind == LinkKind.SharedOfficer && l.Bidders.Count == 4));
        // Several are worked on at once, and whatever comes first, the answer is the same.
        var again = world.Checks.Run(world.As(World.Glenbrae), check, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(CheckJson.Write(result), CheckJson.Write(again));
        Assert.Equal(((Companies + 399) / 400) * 4, result.Bidders.Count(b => b.Findings.Any(f => f.Kind == FindingKind.Sanctioned)));
    }

    [Fact]
    public void A_run_can_be_stopped()
    {
        using var world = new World();
        var check = world.Start(World.Glenbrae, "Acme Ltd\nBolt Ltd");
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Assert.Throws<OperationCanceledException>(() => world.Checks.Run(world.As(World.Glenbrae), check, cancellation: stop.Token));
    }

    [Fact]
    public void A_formation_agent_with_thousands_of_companies_is_cut_off_and_said()
    {
        using var world = new World();
        List<string> records =
        [
            "a Company name=Acme Groundworks Limited; registrationNumber=SC123456; jurisdiction=gb",
            "p Person name=Josephine Bloggsworth; birthDate=1970-05-04",
            "d Directorship director=p; organization=a; role=director",
        ];
        for (int i = 0; i < 300; i++)
        {
            records.Add($"c{i} Company name={Name(i)} Limited; registrationNumber={Number(i)}; jurisdiction=gb");
            records.Add($"d{i} Directorship director=p; organization=c{i}; role=director");
        }
        world.Register("Companies House", [.. records]);
        var bidder = world.Run(World.Glenbrae, "Acme Groundworks Ltd, SC123456", depth: 3).Bidders[0];
        Assert.Contains("Josephine Bloggsworth has more than 200 ties: the first 200 were followed.", bidder.Limits);
    }

    [Fact]
    public void More_links_than_are_kept_are_cut_off_and_said()
    {
        using var world = new World();
        string shared = string.Concat(Enumerable.Range(0, 2001).Select(i => $"; email=e{i}@shared.example"));
        world.Register(
            "Companies House",
            $"a Company name=Acme Groundworks Limited; registrationNumber=SC123456; jurisdiction=gb{shared}",
            $"b Company name=Zebra Catering Limited; registrationNumber=SC777777; jurisdiction=gb{shared}"
        );
        var result = world.Run(World.Glenbrae, "Acme Groundworks Ltd, SC123456\nZebra Catering Ltd, SC777777");
        Assert.Equal(2000, result.Links.Count);
        Assert.EndsWith(
            " There are more than 2,000 links between bidders: the strongest are kept. Check fewer bidders at a time to see them all.",
            result.Summary,
            StringComparison.Ordinal
        );
    }

    private static IEnumerable<string> Register()
    {
        for (int i = 0; i < Companies; i++)
        {
            yield return $"c{i} Company name={Name(i)} Limited; registrationNumber={Number(i)}; jurisdiction=gb; status=Active";
            if (i % 4 == 0)
                yield return $"p{i / 4} Person name={Word(i)} {Word(i * 7 + 3)}son; birthDate=19{50 + i % 40}-0{i % 9 + 1}-1{i % 10}{(i % 400 == 0 ? "; topics=sanction" : "")}";
            yield return $"d{i} Directorship director=p{i / 4}; organization=c{i}; role=director";
        }
    }

    private static string Name(int i) => $"{Word(i)} {Word(i * 13 + 5)} Haulage";

    private static string Number(int i) => $"SC{100000 + i}";

    // A made-up word for each number, unlike its neighbours.
    private static string Word(int i)
    {
        const string Consonants = "bdfglmnprstv",
            Vowels = "aeiou";
        uint n = unchecked((uint)i * 2654435761u);
        Span<char> word = stackalloc char[6];
        for (int k = 0; k < 6; k += 2)
        {
            word[k] = Consonants[(int)(n % 12)];
            n /= 12;
            word[k + 1] = Vowels[(int)(n % 5)];
            n /= 5;
        }
        word[0] = char.ToUpperInvariant(word[0]);
        return word.ToString();
    }

    private sealed class Telling(List<int> told) : IProgress<int>
    {
        public void Report(int value) => told.Add(value);
    }
}
