using FourStrands.Picture.Store;

namespace FourStrands.Picture;

/// <summary>Signing in through an agency's own provider.</summary>
public sealed partial class People
{
    /// <summary>
    /// Somebody of an agency who can sign in by that name, and whom its provider has always called the same: the first time is remembered, until they set anew what
    /// they sign in with. Null if there is nobody: nobody is let in by what a provider says.
    /// </summary>
    /// <param name="agency">Whose provider says so: it speaks for its own people alone.</param>
    /// <param name="signInName">What they sign in as.</param>
    /// <param name="subject">What the provider calls them for good, with the provider's own name: a name may be given to another, this may not.</param>
    public Person? ToSignInThrough(string agency, string signInName, string subject)
    {
        Person? found = null;
        store.Change(() =>
        {
            // Letter for letter: what people write amiss in a form is put right, what a provider says is not.
            if (ToSignIn(signInName) is not var (person, kept) || person.Agency != agency || person.SignInName != signInName)
                return;
            bool isAnothers = store.Credentials.All.Any(c => c.ProviderSubject == subject && c.Person != person.Id);
            if (isAnothers || (kept.ProviderSubject is { } known && known != subject))
                return;
            if (kept.ProviderSubject is null)
                store.Credentials.Put(kept with { ProviderSubject = subject });
            found = person;
        });
        return found;
    }

    /// <summary>Takes note, in an agency's log, of what came of signing in through its provider.</summary>
    /// <param name="agency">Whose provider it is.</param>
    /// <param name="signInName">Who it was said to be; kept if there is somebody of that name in the agency.</param>
    /// <param name="act">What happened.</param>
    public void NoteThrough(string agency, string? signInName, string act)
    {
        string who = ByName(signInName) is { } person && person.Agency == agency ? person.SignInName : "";
        bool isKnown = store.Agencies.Find(agency) is not null;
        gate.Log.Add(new LoggedRead(Now, who, isKnown ? agency : "", act, "", [], isKnown ? ReadLog.OwnLabel(agency) : Label.Public));
    }
}
