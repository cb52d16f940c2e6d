using System.CommandLine;
using FourStrands.Deter.Checks;
using FourStrands.Formats;
using FourStrands.Picture;

namespace FourStrands.Cli.Commands;

internal static class JudgeCommand
{
    public static Command Make(Terminal terminal, SharedOptions shared)
    {
        var left = new Argument<string>("A") { Description = "Identifier of a record, as 'check' and 'show' list them." };
        var right = new Argument<string>("B") { Description = "Identifier of the other." };
        var verdict = new Argument<string>("VERDICT") { Description = "same, different or unsure." };
        verdict.AcceptOnlyFromAmong("same", "different", "unsure");
        var reason = new Option<string>("--reason")
        {
            Description = "Why, in your words.",
            Required = true,
            HelpName = "WORDS",
        };
        var command = new Command("judge", "Decides whether two records are the same subject. It is kept, with your name, and used wherever the two meet.")
        {
            left,
            right,
            verdict,
            reason,
        };
        command.SetAction(parsed =>
        {
            var a = Subjects.Record(parsed.GetValue(left)!);
            var b = Subjects.Record(parsed.GetValue(right)!);
            if (a == b)
                throw ProblemException.Usage("These are one and the same record: give two.");
            string why = parsed.GetValue(reason)!;
            if (string.IsNullOrWhiteSpace(why))
                throw ProblemException.Usage("--reason is empty: say why in a few words, for whoever reads it later.");
            var decided = parsed.GetValue(verdict) switch
            {
                "same" => Verdict.Same,
                "different" => Verdict.Different,
                _ => Verdict.Unsure,
            };
            using var store = OpenStore.Open(terminal, shared, parsed);
            Judgement judgement;
            try
            {
                judgement = BidderChecks.Judge(store.View, a, b, decided, why);
            }
            catch (KeyNotFoundException)
            {
                throw ProblemException.Input("There is no such record that you can see. 'fourstrands show NAME' lists the identifiers of records.");
            }
            catch (ArgumentException problem)
            {
                throw ProblemException.Usage(problem.Message);
            }
            if (parsed.GetValue(shared.Json))
                terminal.WriteJson(json => json.WriteJudgement(judgement, Answers.Label));
            else
                terminal.Out.WriteLine($"Kept: {AnswerJson.Word(judgement.Verdict)}, by {judgement.By}, to be seen by {judgement.Label}.");
            return ExitCodes.Done;
        });
        return command;
    }
}
