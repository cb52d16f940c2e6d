using FourStrands.Deter.Checks;
using FourStrands.Noninterference.Histories;
using Outcome = FourStrands.Noninterference.Histories.Outcome;

namespace FourStrands.Noninterference.Http;

/// <summary>Somebody checks bidders.</summary>
internal sealed record CheckAct(Viewer By, string Title, string Bidders) : JobAct(By)
{
    public override Outcome Do(View view, TimeProvider clock)
    {
        var document = new BidderChecks(clock).Start(view, new CheckRequest(Title), BidderList.Typed(Bidders));
        return new Outcome(Written.Out(document), document.Label, document.Id);
    }

    public override string ToString() => $"{By.Name} checks '{Bidders}'";
}
