namespace FourStrands.EndToEnd.Security;

/// <summary>Keys for tests: of a service account with the rights of somebody. Two test projects have this file, of which one uses the gate's names everywhere.</summary>
internal static class MachineKeys
{
    /// <summary>A key of the account that has the rights of <paramref name="viewer"/>, as far as a machine may have them; the account is made if it is not there.</summary>
    /// <param name="people">The people of the store.</param>
    /// <param name="viewer">Whose rights it has: somebody of the store.</param>
    /// <param name="until">When the rights and the key end.</param>
    /// <param name="scopes">What it is for; everything if none is given.</param>
    public static string For(Picture.People people, Picture.Viewer viewer, DateTimeOffset until, params Picture.KeyScope[] scopes)
    {
        var first = new Picture.Viewer($"first@{viewer.Agency}", "First", viewer.Agency, viewer.AgencyName, "administrator", null, [])
        {
            Roles = [Picture.Role.Administrator],
        };
        var second = first with { Name = $"second@{viewer.Agency}" };
        string name = $"machine-{viewer.ShortName}";
        var account = people.Machines(first).FirstOrDefault(m => m.Account.Name == name)?.Account ?? Make();
        var (secret, waits) = people.AskForKey(first, account.Id, scopes.Length > 0 ? scopes : Enum.GetValues<Picture.KeyScope>(), until, "A test");
        return secret ?? people.Approve(second, waits!.Id)!;

        Picture.Person Make()
        {
            var made = people.AddServiceAccount(first, $"Machine of {viewer.DisplayName}", "Asks what they ask", name, people.Self(viewer)!.Id);
            foreach (var role in viewer.Roles.Where(r => !Picture.Roles.IsForPeopleAlone(r)))
                Give(Picture.RightKind.Role, role.ToString());
            foreach (var purpose in viewer.Purposes)
                Give(Picture.RightKind.Purpose, purpose.ToString());
            foreach (string compartment in viewer.Compartments)
                Give(Picture.RightKind.Compartment, compartment);
            if (viewer.Clearance is { } clearance)
                Give(Picture.RightKind.Clearance, clearance.ToString());
            return made;

            void Give(Picture.RightKind kind, string value)
            {
                if (people.Give(first, made.Id, kind, value, until, "A test") is { } asked)
                    people.Approve(second, asked.Id);
            }
        }
    }
}
