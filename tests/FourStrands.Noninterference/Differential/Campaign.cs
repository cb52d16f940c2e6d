using System.Diagnostics;
using System.Globalization;
using FourStrands.Noninterference.Histories;

namespace FourStrands.Noninterference.Differential;

/// <summary>What a campaign found.</summary>
internal sealed record Findings(ulong Seed, int Histories, int Cases, int WithHidden, TimeSpan Time, Difference? Difference)
{
    /// <summary>How often was done what seldom succeeds.</summary>
    public IReadOnlyDictionary<string, int> Done { get; init; } = new Dictionary<string, int>();

    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Cases:N0} cases (history, viewer, question) from {Histories:N0} histories, {WithHidden:N0} of them with something hidden, seed {Seed}, {Time.TotalSeconds:F1} s: {(Difference is null ? "no difference" : $"a difference at case {Difference.Case:N0}, history {Difference.History.Seed}")}{(Done.Count == 0 ? "" : $"; done: {string.Join(", ", Done.Select(d => $"{d.Value} {d.Key}"))}")}"
        );
}

/// <summary>Many trials from one seed.</summary>
internal static class Campaign
{
    private const int Questions = 56;
    private const int Viewers = 3;

    /// <summary>Progress is told after each so many cases.</summary>
    private const int Step = 25_000;

    /// <param name="seed">Of all histories but the first.</param>
    /// <param name="cases">To be compared at least, unless a difference is found.</param>
    /// <param name="shrink">Leave out of a history that shows a difference what it does not need?</param>
    /// <param name="progress">Told after each so many cases.</param>
    /// <param name="first">The seed of a history that is played before all others.</param>
    /// <param name="cancel">Ends it between two histories.</param>
    public static Findings Run(
        ulong seed,
        int cases,
        bool shrink = true,
        Action<string>? progress = null,
        ulong? first = null,
        CancellationToken cancel = default
    )
    {
        var clock = Stopwatch.StartNew();
        var dice = new Dice(seed);
        int histories = 0,
            done = 0,
            hidden = 0;
        SortedDictionary<string, int> seldom = new(StringComparer.Ordinal);
        while (done < cases && !cancel.IsCancellationRequested)
        {
            var trial = new Trial(History.Make(first ?? dice.Next()), Questions, shrink);
            first = null;
            var difference = trial.Run(Viewers);
            histories++;
            if (difference is not null)
                return new Findings(
                    seed,
                    histories,
                    done + trial.Cases,
                    hidden + trial.WithHidden,
                    clock.Elapsed,
                    difference with
                    {
                        Case = done + trial.Cases,
                    }
                );
            if (progress is not null && (done + trial.Cases) / Step > done / Step)
                progress(string.Create(CultureInfo.InvariantCulture, $"{done + trial.Cases:N0} cases, {clock.Elapsed.TotalSeconds:F0} s"));
            done += trial.Cases;
            hidden += trial.WithHidden;
            foreach (var (what, times) in trial.Done)
                seldom[what] = seldom.GetValueOrDefault(what) + times;
        }
        return new Findings(seed, histories, done, hidden, clock.Elapsed, null) { Done = seldom };
    }

    /// <summary>One history again, by its seed.</summary>
    public static Findings Repeat(ulong history)
    {
        var clock = Stopwatch.StartNew();
        var trial = new Trial(History.Make(history), Questions, shrink: true);
        var difference = trial.Run(Viewers);
        return new Findings(history, 1, trial.Cases, trial.WithHidden, clock.Elapsed, difference);
    }
}
