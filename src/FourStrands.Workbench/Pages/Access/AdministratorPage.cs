using FourStrands.Picture;

namespace FourStrands.Workbench.Pages.Access;

/// <summary>A page for administrators.</summary>
[OnlyWith(Power.Administer)]
internal abstract class AdministratorPage(Gate gate) : SignedInPage(gate)
{
    /// <summary>A link that was made just now, to be handed on; shown this once.</summary>
    public string? NewLink { get; private set; }

    /// <summary>For whom it is.</summary>
    public string NewLinkFor { get; private set; } = "";

    /// <summary>A key that was made just now, to be put into the machine; shown this once.</summary>
    public string? NewKey { get; private set; }

    /// <summary>What was done just now, in a sentence.</summary>
    public string Done { get; protected set; } = "";

    protected People People => Gate.People;

    /// <summary>How a link is written that works once.</summary>
    protected void Show(string secret, string whose) => (NewLink, NewLinkFor) = ($"{Request.Scheme}://{Request.Host}/come-in?link={secret}", whose);

    /// <summary>Shows a key that was made for a machine.</summary>
    protected void ShowKey(string secret, string whose) => (NewKey, NewLinkFor) = (secret, whose);
}
