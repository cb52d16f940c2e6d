namespace FourStrands.Picture;

/// <summary>
/// An organisation that takes part. That it takes part is known to everybody who is signed in; who works there is known to its own
/// administrators alone.
/// </summary>
/// <param name="Name">As labels name it: small letters, digits and hyphens, <c>glenbrae-council</c>.</param>
/// <param name="DisplayName">As shown: "Glenbrae Council".</param>
/// <param name="Desk">How others reach the desk that answers for it: a phone number, an address.</param>
/// <param name="IsHome">True of the agency that the store was set up for, whose people run it: what comes in from the command line is theirs.</param>
public sealed record Agency(string Name, string DisplayName, string Desk, bool IsHome = false)
{
    /// <summary>True if a second person has to agree to every release of the agency, and not only to those that widen most.</summary>
    public bool SecondForEveryRelease { get; init; }

    /// <summary>
    /// True if it is remembered that it ever had two administrators: from then on one alone widens nothing, for good. It is remembered where the rights that tell it are
    /// taken away; whether it had two is in <see cref="People.AdministratorsOf"/>.
    /// </summary>
    public bool HadTwoAdministrators { get; init; }

    /// <summary>
    /// Agencies, as labels name them, that are told when this one's people look for what they set an alert on. Agreed to beforehand; known to the people
    /// of this agency.
    /// </summary>
    public IReadOnlyList<string> TellsOfSearches { get; init; } = [];
}

/// <summary>
/// A circle of people who were each admitted to it: what bears its name is seen by them alone. Its name is known to its members and
/// to the administrators of the agency that keeps it.
/// </summary>
/// <param name="Name">As labels name it, its agency first, so that no two agencies' names meet: <c>national-police.nightjar</c>.</param>
/// <param name="Title">What it is for, in a line.</param>
/// <param name="Agency">The agency that keeps it.</param>
public sealed record Compartment(string Name, string Title, string Agency)
{
    /// <summary>True if what its members look for may be told to agencies that the own one agreed to tell. Not so unless it was made so: no search of theirs alerts anybody.</summary>
    public bool TellsOfSearches { get; init; }
}

/// <summary>
/// Agencies that share: what bears the group's name is seen by the people of all of them. Who is in it is known to the keeper's administrators, and to
/// its members where it is open to them; that it is there is known to nobody else.
/// </summary>
/// <param name="Name">As labels name it, its keeper first, so that no two agencies' names meet: <c>national-police.redwater</c>.</param>
/// <param name="Title">What it is for, in a line.</param>
/// <param name="Agency">The agency that keeps it, and is a member of it.</param>
/// <param name="Members">The agencies in it, as labels name them, in ordinal order.</param>
/// <param name="MembersKnowEachOther">May members see who else is in it?</param>
public sealed record SharingGroup(string Name, string Title, string Agency, IReadOnlyList<string> Members, bool MembersKnowEachOther);
