namespace FourStrands.Picture;

/// <summary>Passkeys: a way to sign in beside password and code.</summary>
public sealed partial class People
{
    /// <summary>How many passkeys somebody has at most: one for each device they use, and none that they have forgotten.</summary>
    public const int MostPasskeys = 10;

    /// <summary>Somebody who can sign in, by what identifies them; null if there is nobody.</summary>
    public (Person Person, Credentials Credentials)? ToSignIn(RecordId person) =>
        store.People.Find(person.ToString()) is { State: PersonState.Active } found && store.Credentials.Find(person.ToString()) is { } kept
            ? (found, kept)
            : null;

    /// <summary>Whose passkey it is; null if it is nobody's who can sign in.</summary>
    /// <param name="passkey">What the device calls it.</param>
    public (Person Person, Credentials Credentials)? OwnerOf(string passkey) =>
        store.Credentials.All.FirstOrDefault(c => c.Passkeys.Any(p => p.Id == passkey)) is { } kept ? ToSignIn(kept.Person) : null;

    /// <summary>Adds a passkey to how somebody signs in, who just proved who they are. They are signed out everywhere else.</summary>
    /// <param name="self">Whose it is.</param>
    /// <param name="passkey">The passkey.</param>
    /// <param name="here">The session that goes on.</param>
    /// <exception cref="PeopleException">They have too many, or that one already, or nothing to sign in with.</exception>
    public void AddPasskey(Viewer self, Passkey passkey, RecordId here)
    {
        passkey = passkey with { Name = Shown(passkey.Name, "passkeyName") };
        store.Change(() =>
        {
            var kept = OwnCredentials(self);
            if (kept.Passkeys.Count >= MostPasskeys)
                throw new PeopleException($"You have {MostPasskeys} passkeys, the most there may be. Remove one first", "passkeyName");
            if (OwnerOf(passkey.Id) is not null)
                throw new PeopleException("That passkey is there already", "passkeyName");
            store.Credentials.Put(kept with { Passkeys = [.. kept.Passkeys, passkey] });
            EndSessions(self.Name, but: here);
        });
        Log(self, "add passkey", passkey.Name);
    }

    /// <summary>Removes one of somebody's own passkeys: it signs nobody in any more. They are signed out everywhere else.</summary>
    /// <param name="self">Whose it is.</param>
    /// <param name="passkey">What the device calls it.</param>
    /// <param name="here">The session that goes on.</param>
    /// <exception cref="PeopleException">They have no such passkey.</exception>
    public void RemovePasskey(Viewer self, string passkey, RecordId here)
    {
        Passkey? removed = null;
        store.Change(() =>
        {
            var kept = OwnCredentials(self);
            removed = kept.Passkeys.FirstOrDefault(p => p.Id == passkey) ?? throw new PeopleException("Choose which passkey to remove", "passkey");
            store.Credentials.Put(kept with { Passkeys = [.. kept.Passkeys.Where(p => p.Id != passkey)] });
            EndSessions(self.Name, but: here);
        });
        Log(self, "remove passkey", removed!.Name);
    }

    private Credentials OwnCredentials(Viewer self) =>
        ToSignIn(self.Name)?.Credentials ?? throw new PeopleException("Only those who sign in with a password have passkeys", "passkeyName");
}
