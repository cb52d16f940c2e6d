namespace FourStrands.Cli;

/// <summary>What the program's exit code says to a script. Explained to people in docs/command-line.md.</summary>
internal static class ExitCodes
{
    /// <summary>Done; for a check: nothing adverse was found.</summary>
    public const int Done = 0;

    /// <summary>A check found something, possible or confirmed; or a log is neither proved nor found changed.</summary>
    public const int Findings = 1;

    /// <summary>The command line was not understood, or asks for what is not allowed.</summary>
    public const int BadUsage = 2;

    /// <summary>A file, list or identifier that was given is no use.</summary>
    public const int BadInput = 3;

    /// <summary>The store or the port cannot be had: in use, damaged, disk full.</summary>
    public const int StoreTrouble = 4;

    /// <summary>A fault of the program's own.</summary>
    public const int Fault = 5;

    /// <summary>Stopped by Ctrl+C or by the system; nothing half done is kept.</summary>
    public const int Interrupted = 130;
}

/// <summary>Something went wrong that a person can put right: the message says what, where and what to do.</summary>
internal sealed class ProblemException(int exitCode, string message) : Exception(message)
{
    public int ExitCode { get; } = exitCode;

    public static ProblemException Usage(string message) => new(ExitCodes.BadUsage, message);

    public static ProblemException Input(string message) => new(ExitCodes.BadInput, message);

    public static ProblemException Store(string message) => new(ExitCodes.StoreTrouble, message);
}
