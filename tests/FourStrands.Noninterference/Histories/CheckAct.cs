using FourStrands.Deter.Checks;

namespace FourStrands.Noninterference.Histories;

/// <summary>Somebody checks bidders.</summary>
internal sealed record CheckAct(Viewer By, string Title, string Bidders, int Depth) : JobAct(By)
{
    public override Outcome Do(View view, TimeProvider clock)
    {
        var document = new BidderChecks(clock).Start(view, new CheckRequest(Title) { Depth = Depth }, BidderList.Typed(Bidders));
        return new Outcome(Written.Out(document), document.Label, document.Id);
    }

    public override string ToString() => $"{By.Name} checks '{Bidders}'";
}
