using Spectre.Console;

namespace FourStrands.Cli;

/// <summary>Tells a person how far long work is: a moving bar at a terminal, a line now and then elsewhere.</summary>
internal static class Progress
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(5);

    /// <summary>Runs work that counts up to a total.</summary>
    public static T Count<T>(Terminal terminal, string what, long total, Func<IProgress<int>, T> work) =>
        Share(terminal, what, share => work(new Told<int>(done => share.Report(total == 0 ? 1 : (double)done / total))));

    /// <summary>Runs work that says what share of it is done, 0 to 1.</summary>
    public static T Share<T>(Terminal terminal, string what, Func<IProgress<double>, T> work)
    {
        if (terminal.ErrorIsPerson)
        {
            return AnsiConsole
                .Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(terminal.Error) })
                .Progress()
                .AutoClear(true)
                .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
                .Start(context =>
                {
                    var task = context.AddTask(Markup.Escape(what), maxValue: 1);
                    return work(new Told<double>(share => task.Value = share));
                });
        }
        long next = terminal.Clock.GetTimestamp();
        long last = next;
        return work(
            new Told<double>(share =>
            {
                if (terminal.Clock.GetElapsedTime(last) < Quiet)
                    return;
                last = terminal.Clock.GetTimestamp();
                terminal.Say($"{what}: {Answers.Percent(share)}");
            })
        );
    }

    /// <summary>Reports at once, on the thread that does the work.</summary>
    private sealed class Told<T>(Action<T> tell) : IProgress<T>
    {
        public void Report(T value) => tell(value);
    }
}
