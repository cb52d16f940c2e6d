namespace FourStrands.Picture;

/// <summary>What ends others' sessions.</summary>
public sealed partial class People
{
    /// <summary>Signs somebody of the own agency out everywhere, at once. They can sign in again.</summary>
    public void SignOutEverywhere(Viewer by, RecordId id)
    {
        Demand(by);
        store.Change(() => EndSessions(Own(by, id).SignInName));
        Log(by, "sign somebody out", SignInNameOf(id));
    }

    /// <summary>
    /// Ends every session, link and key of a store that was restored: those that were ended since the backup would work again. Everybody signs in anew, whoever was invited gets
    /// another link, and machines get other keys.
    /// </summary>
    internal void EndWhatOneIsLetInBy() =>
        store.Change(() =>
        {
            foreach (var session in store.Sessions.All)
                TakeSession(session.Id);
            foreach (var link in store.Links.All)
                store.Links.Take(link.Hash);
            foreach (var kept in store.Keys.All.Where(k => k.Key.Ended is null))
                store.Keys.Put(kept with { Key = kept.Key with { Ended = Now } });
        });
}
