using FourStrands.Formats;
using FourStrands.Picture;
using FourStrands.Workbench.Showing;

namespace FourStrands.Workbench.Jobs;

/// <summary>What somebody asked to bring in, and what they agreed to since.</summary>
/// <param name="Request">Into which source, under which label.</param>
/// <param name="Files">The files, which belong together.</param>
/// <param name="Mapping">What the columns mean, if they are tables in no known format.</param>
internal sealed record ImportOrder(ImportRequest Request, IReadOnlyList<UploadedFile> Files, TableMapping? Mapping) : IDisposable
{
    /// <summary>True once they know that another agency has a source of that name.</summary>
    public bool NameIsAgreed { get; init; }

    /// <summary>What they agreed to withdraw.</summary>
    public Withdrawal? Agreed { get; init; }

    /// <summary>What was decided beforehand on whatever is asked, by a program that nobody can ask; null where a person answers.</summary>
    public ImportAnswer? IfAsked { get; init; }

    public void Dispose()
    {
        foreach (var file in Files)
            file.Dispose();
    }
}

/// <summary>What a person decided on a question.</summary>
internal enum ImportAnswer
{
    /// <summary>As was asked.</summary>
    Yes,

    /// <summary>Bring it in, and withdraw nothing.</summary>
    OnlyAdd,

    /// <summary>Bring nothing in.</summary>
    GiveUp,
}

/// <summary>What is to be decided before anything is kept.</summary>
internal abstract record ImportQuestion
{
    /// <summary>What is asked, as why nothing was brought in where nobody answers.</summary>
    public abstract string Words { get; }

    /// <summary>The order as it stands after the answer.</summary>
    public abstract ImportOrder Answered(ImportOrder order, ImportAnswer answer);
}

/// <summary>Another agency, of which the person sees it, has a source of that name.</summary>
internal sealed record SameNameQuestion(string Source, IReadOnlyList<string> Owners) : ImportQuestion
{
    public override string Words => "Another agency has a source of that name. What you bring in is kept apart from it.";

    public override ImportOrder Answered(ImportOrder order, ImportAnswer answer) => order with { NameIsAgreed = true };
}

/// <summary>Much of the source would be withdrawn.</summary>
internal record WithdrawalQuestion(string Source, Withdrawal Withdrawal) : ImportQuestion
{
    public override string Words => $"This would withdraw {Shown.Number(Withdrawal.Statements)} of the {Shown.Number(Withdrawal.Of)} statements of the source.";

    public override ImportOrder Answered(ImportOrder order, ImportAnswer answer) =>
        answer == ImportAnswer.OnlyAdd ? order with { Request = order.Request with { Complete = false } } : order with { Agreed = Withdrawal };
}

/// <summary>Parts of the files could not be used, so they are not the whole of the source.</summary>
internal sealed record RejectionsQuestion(string Source, Withdrawal Withdrawal, long Rejected, bool EndedEarly, IReadOnlyList<Rejection> Rejections)
    : WithdrawalQuestion(Source, Withdrawal)
{
    public override string Words =>
        $"It is said to be the whole of the source, but {(EndedEarly ? "a file is cut off, damaged or could not be read" : $"{Shown.Count(Rejected, "part of it", "parts of it")} could not be used")}. What could not be read looks like what the source says no more.";

    public override ImportOrder Answered(ImportOrder order, ImportAnswer answer) =>
        answer == ImportAnswer.OnlyAdd
            ? base.Answered(order, answer)
            : base.Answered(order, answer) with
            {
                Request = order.Request with { DespiteRejections = true },
            };
}

/// <summary>Files being brought in for one person, or what came of it.</summary>
/// <param name="id">What a program calls it while it has no import yet; it names nothing to anybody but who began it.</param>
/// <param name="order">What is to be brought in.</param>
internal sealed class ImportJob(RecordId id, ImportOrder order)
{
    private volatile ImportOrder order = order;
    private volatile ImportQuestion? question;
    private volatile string words = "Waiting";
    private volatile bool finished;
    private double share;

    public RecordId Id => id;

    /// <summary>The key that it was begun with; null if a person began it.</summary>
    public RecordId? Key { get; init; }

    public ImportOrder Order => order;

    public string FileName => order.Request.FileName;

    public string Words => words;

    public double Share
    {
        get => Volatile.Read(ref share);
        set => Volatile.Write(ref share, value);
    }

    /// <summary>True once it is in, or will not be.</summary>
    public bool Finished => finished;

    /// <summary>What the person has to decide before it goes on, or null.</summary>
    public ImportQuestion? Question => question;

    /// <summary>True while work is being done.</summary>
    public bool Runs => !finished && question is null;

    /// <summary>True if one of the files is in no known format.</summary>
    public bool IsUnknown { get; set; }

    /// <summary>The import; null unless it is in.</summary>
    public ImportSummary? Summary { get; private set; }

    /// <summary>Why it is not in.</summary>
    public string Problem { get; private set; } = "";

    public IReadOnlyList<Rejection> Rejections { get; private set; } = [];

    public Task Running { get; set; } = Task.CompletedTask;

    public void Step(string what, double from)
    {
        Share = from;
        words = what;
    }

    public void Ask(ImportQuestion asked) => question = asked;

    public void GoOn(ImportOrder agreed)
    {
        order = agreed;
        IsUnknown = false;
        question = null;
        Step("Waiting", 0);
    }

    public void Done(ImportSummary summary)
    {
        Summary = summary;
        finished = true;
    }

    public void Fail(string problem, IReadOnlyList<Rejection> rejections)
    {
        Problem = problem;
        Rejections = rejections;
        finished = true;
    }
}
