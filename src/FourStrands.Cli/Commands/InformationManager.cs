using System.CommandLine;
using FourStrands.Picture;

namespace FourStrands.Cli.Commands;

/// <summary>What the commands of an information manager have in common: as whom they work, and how they say what went wrong.</summary>
internal static class InformationManager
{
    /// <summary>That nothing was found to erase or correct, and where to look.</summary>
    public const string NothingOfThatKind =
        "There is nothing of that kind that you can see. 'fourstrands show NAME --json' and 'fourstrands sources --json' list identifiers and values.";

    /// <summary>The reason that is kept with what is done.</summary>
    public static Option<string> Reason(string description) =>
        new("--reason")
        {
            Description = description,
            Required = true,
            HelpName = "WORDS",
        };

    /// <summary>Opens the store and works on it. Whoever has the files may keep what is held lawful; with --as in a demo world, whoever is named needs the role.</summary>
    /// <param name="terminal">What is written to.</param>
    /// <param name="shared">The options that all commands have.</param>
    /// <param name="parsed">What was asked for.</param>
    /// <param name="nothing">What is said if what was named is not there.</param>
    /// <param name="work">What is done, as whom.</param>
    /// <param name="besides">Roles that whoever has the files needs besides.</param>
    /// <exception cref="ProblemException">It is refused, or there is no such thing.</exception>
    public static int Do(Terminal terminal, SharedOptions shared, ParseResult parsed, string nothing, Action<Gate, Viewer> work, params Role[] besides)
    {
        using var store = OpenStore.Open(terminal, shared, parsed);
        var by = string.IsNullOrEmpty(parsed.GetValue(shared.As))
            ? store.Viewer with
            {
                Roles = [.. store.Viewer.Roles, Role.InformationManager, .. besides],
            }
            : store.Viewer;
        try
        {
            work(store.Gate, by);
            return ExitCodes.Done;
        }
        catch (KeyNotFoundException)
        {
            throw ProblemException.Input(nothing);
        }
        catch (Exception problem) when (problem is ErasureException or CorrectionException or RetentionException)
        {
            throw ProblemException.Input(problem.Message.EndsWith('.') ? problem.Message : problem.Message + ".");
        }
        catch (UnauthorizedAccessException problem)
        {
            throw ProblemException.Usage(problem.Message);
        }
    }
}
