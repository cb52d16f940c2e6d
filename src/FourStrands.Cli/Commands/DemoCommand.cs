using System.CommandLine;
using FourStrands.Cli.Demo;

namespace FourStrands.Cli.Commands;

internal static class DemoCommand
{
    public static Command Make(Terminal terminal, SharedOptions shared)
    {
        var records = new Option<int>("--records")
        {
            Description = "About how many records.",
            DefaultValueFactory = _ => DemoWorld.DefaultRecords,
            HelpName = "N",
        };
        var seed = new Option<long>("--seed")
        {
            Description = "The same seed and size give the same world.",
            DefaultValueFactory = _ => DemoWorld.DefaultSeed,
            HelpName = "S",
        };
        var score = new Option<bool>("--score") { Description = "Compare the entities that the viewer sees with the truth, which the generator knows." };
        var wrong = new Option<bool>("--wrong") { Description = "With --score: show examples of records wrongly joined or apart." };
        var command = new Command("demo", "Makes a plainly fictional world of companies, people, lists, tenders and intelligence to try things on.")
        {
            records,
            seed,
            score,
            wrong,
        };
        command.SetAction(
            (parsed, interrupted) =>
            {
                int size = parsed.GetValue(records);
                if (size is < 100 or > 20_000_000)
                    throw ProblemException.Usage("--records is a number from 100 to 20,000,000.");
                using var store = OpenStore.Open(terminal, shared, parsed, make: !parsed.GetValue(score));
                if (parsed.GetValue(score))
                {
                    WriteScore(terminal, store, parsed.GetValue(shared.Json), parsed.GetValue(wrong));
                    return Task.FromResult(ExitCodes.Done);
                }
                var mark = MakeIfNeeded(terminal, store, size, parsed.GetValue(seed), SizeWasGiven(parsed, records) || SizeWasGiven(parsed, seed), interrupted);
                string bidders = Path.Combine(store.Folder, Stories.BiddersFileName);
                if (parsed.GetValue(shared.Json))
                {
                    terminal.WriteJson(json =>
                    {
                        json.WriteStartObject();
                        json.WriteString("store", store.Folder);
                        json.WriteNumber("records", mark.Records);
                        json.WriteNumber("seed", mark.Seed);
                        json.WriteString("bidders", bidders);
                        json.WriteEndObject();
                    });
                }
                else
                {
                    terminal.Out.WriteLine($"Try: fourstrands check {Path.GetRelativePath(terminal.Folder, bidders)}");
                }
                return Task.FromResult(ExitCodes.Done);
            }
        );
        return command;
    }

    /// <summary>Makes the demo world in a new store, or finishes one that was interrupted; leaves one that is there alone.</summary>
    public static DemoMark MakeIfNeeded(Terminal terminal, OpenStore store, int records, long seed, bool asked, CancellationToken interrupted)
    {
        switch (store.Demo)
        {
            case null when !store.Gate.IsNew:
                throw ProblemException.Store(
                    $"The store in {store.Folder} holds data that is not a demo world's, and the two are not mixed. Choose another folder with --store."
                );
            case null:
                return DemoMaker.Make(terminal, store.Gate, store.Folder, records, seed, interrupted);
            case { Complete: false } unfinished:
                terminal.Say("The demo world was not finished; going on with it.");
                return DemoMaker.Make(terminal, store.Gate, store.Folder, unfinished.Records, unfinished.Seed, interrupted);
            case { } there when asked && (there.Records != records || there.Seed != seed):
                throw ProblemException.Store(
                    $"The store in {store.Folder} holds a demo world of {Answers.Number(there.Records)} records with seed {there.Seed} already. Choose another folder with --store, or delete this one."
                );
            case { } there:
                terminal.Say($"The demo world is in {store.Folder} already.");
                return there;
        }
    }

    private static bool SizeWasGiven(ParseResult parsed, Option option) => parsed.GetResult(option) is { Implicit: false };

    private static void WriteScore(Terminal terminal, OpenStore store, bool asJson, bool withExamples)
    {
        if (store.Demo is not { Complete: true } mark)
            throw ProblemException.Store($"There is no finished demo world in {store.Folder}, so nobody knows the truth of it. 'fourstrands demo' makes one.");
        var truth = new DemoWorld(mark.Records, mark.Seed).Truth();
        var wrong = new List<string>();
        var score = Progress.Share(terminal, "Comparing with the truth", share => DemoScore.Of(store.View, truth, share, withExamples ? wrong : null));
        if (asJson)
        {
            terminal.WriteJson(json =>
            {
                json.WriteStartObject();
                json.WriteString("viewer", store.Viewer.ShortName);
                json.WriteNumber("records", score.Records);
                json.WriteNumber("subjects", score.Subjects);
                json.WriteNumber("entities", score.Entities);
                json.WriteNumber("pairsJoined", score.Joined);
                json.WriteNumber("pairsSame", score.Same);
                json.WriteNumber("pairsRight", score.Right);
                json.WriteNumber("precision", Math.Round(score.Precision, 5));
                json.WriteNumber("recall", Math.Round(score.Recall, 5));
                json.WriteNumber("f1", Math.Round(score.F1, 5));
                json.WriteStartArray("wrong");
                foreach (string example in wrong)
                    json.WriteStringValue(example);
                json.WriteEndArray();
                json.WriteEndObject();
            });
            return;
        }
        terminal.Out.WriteLine($"As {store.Viewer.DisplayName} ({store.Viewer.Role}) sees it, over pairs of records:");
        terminal.Out.WriteLine(
            $"  {Answers.Number(score.Records)} records of {Answers.Number(score.Subjects)} subjects, seen as {Answers.Number(score.Entities)} entities"
        );
        terminal.Out.WriteLine(
            $"  precision {Answers.Percent(score.Precision)}: of {Answers.Number(score.Joined)} pairs joined, {Answers.Number(score.Right)} are the same subject"
        );
        terminal.Out.WriteLine(
            $"  recall    {Answers.Percent(score.Recall)}: of {Answers.Number(score.Same)} pairs that are the same subject, {Answers.Number(score.Right)} are joined"
        );
        foreach (string example in wrong)
            terminal.Out.WriteLine("  " + Answers.OneLine(example));
    }
}
