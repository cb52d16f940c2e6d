using System.Globalization;

namespace FourStrands.Noninterference.Histories;

/// <summary>Something a viewer does to a store.</summary>
internal abstract record Act(Viewer By)
{
    /// <summary>Its time: the same in a run without other acts.</summary>
    public required int Minute { get; init; }
}

/// <summary>Names a record by whose source and which key.</summary>
internal readonly record struct Reference(string Agency, string Source, string Key)
{
    public override string ToString() => $"{Agency}/{Source}/{Key}";
}

/// <summary>One value said; for an entity property the other's key.</summary>
internal readonly record struct Saying(string Property, string Value);

internal sealed record RecordSaid(string Key, string Schema, IReadOnlyList<Saying> Sayings)
{
    public override string ToString() => $"{Key} {Schema} {string.Join("; ", Sayings.Select(s => $"{s.Property}={s.Value}"))}";
}

/// <summary>How an import comes to its end.</summary>
internal enum Ending
{
    Committed,

    /// <summary>Given up by whoever began it.</summary>
    GivenUp,

    /// <summary>Broken off by something wrong in a record, after others were taken.</summary>
    Failed,

    /// <summary>It is in, and stopped before its records were compared with others: that is done at the next start.</summary>
    NotLinked,
}

internal sealed record ImportAct(Viewer By, ImportRequest Request, IReadOnlyList<RecordSaid> Records, IReadOnlyList<Rejection> Rejections) : Act(By)
{
    public Ending Ending { get; init; }

    /// <summary>If not null, everybody asks something while it is linked: it can be seen already, and is not yet compared with what is there.</summary>
    public ulong? AskedWithin { get; init; }

    public override string ToString() =>
        $"{By.Name} {(Ending == Ending.Committed ? "imports" : Ending == Ending.NotLinked ? "stops linking what they import" : Ending == Ending.GivenUp ? "gives up importing" : "fails to import")} into {Request.SourceName} under {Request.Label}{(Request.Complete ? ", complete" : "")}, grade '{Request.Grade}', {Rejections.Count} rejected:\n        {string.Join("\n        ", Records)}";
}

internal sealed record JudgeAct(Viewer By, Reference Left, Reference Right, Verdict Verdict, string Reason) : Act(By)
{
    public override string ToString() => $"{By.Name} judges {Left} and {Right}: {Verdict} ({Reason})";
}

/// <param name="By">Who.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Content">What it says.</param>
/// <param name="Label">Who may see it.</param>
/// <param name="Replaces">The act that wrote what this replaces; null for a new one.</param>
internal sealed record WriteAct(Viewer By, string Kind, string Content, Label Label, WriteAct? Replaces) : Act(By)
{
    public override string ToString() =>
        $"{By.Name} writes {Kind} {Content} under {Label}{(Replaces is null ? "" : string.Create(CultureInfo.InvariantCulture, $", replacing minute {Replaces.Minute}'s"))}";
}

/// <summary>An act of another part of the program, made of what a view offers.</summary>
internal abstract record JobAct(Viewer By) : Act(By)
{
    public abstract Outcome Do(View view, TimeProvider clock);
}

/// <summary>The program ends and is started again.</summary>
internal sealed record RestartAct() : Act(Viewer.BuiltIn[0])
{
    public override string ToString() => "restart";
}

/// <summary>Everybody asks something, so that whatever is kept for later is warm; only the whole history's run does this.</summary>
internal sealed record WarmAct(ulong Seed) : Act(Viewer.BuiltIn[0])
{
    public override string ToString() => "everybody asks";
}
