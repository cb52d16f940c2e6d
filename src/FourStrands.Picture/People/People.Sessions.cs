namespace FourStrands.Picture;

/// <summary>What administrators do with others' sessions.</summary>
public sealed partial class People
{
    /// <summary>Signs somebody of the own agency out everywhere, at once. They can sign in again.</summary>
    public void SignOutEverywhere(Viewer by, RecordId id)
    {
        Demand(by);
        store.Change(() => EndSessions(Own(by, id).SignInName));
        Log(by, "sign somebody out", SignInNameOf(id));
    }
}
