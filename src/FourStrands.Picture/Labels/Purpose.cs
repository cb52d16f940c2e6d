namespace FourStrands.Picture;

/// <summary>
/// What somebody works for. What is collected for one purpose may be kept from other purposes (Data Protection Act 2018, section 36). Kept by
/// name, so that their order may change.
/// </summary>
public enum Purpose
{
    /// <summary>Preventing, detecting and investigating crime.</summary>
    Crime,

    /// <summary>Bringing a case to court.</summary>
    Prosecution,

    /// <summary>Taking back what was gained by crime, in the civil courts.</summary>
    CivilRecovery,

    /// <summary>Deciding on bidders for public contracts.</summary>
    Procurement,

    /// <summary>Deciding on applicants for licences.</summary>
    Licensing,

    /// <summary>Keeping children and adults at risk from harm.</summary>
    Safeguarding,
}

/// <summary>How purposes are written and said.</summary>
public static class Purposes
{
    private static readonly (string Name, string Words)[] All =
    [
        ("crime", "preventing and detecting crime"),
        ("prosecution", "prosecution"),
        ("civil-recovery", "civil recovery"),
        ("procurement", "public procurement"),
        ("licensing", "licensing"),
        ("safeguarding", "safeguarding"),
    ];

    /// <summary>As labels write it: <c>civil-recovery</c>.</summary>
    public static string Name(this Purpose purpose) => All[(int)purpose].Name;

    /// <summary>In plain words: "civil recovery".</summary>
    public static string Words(this Purpose purpose) => All[(int)purpose].Words;

    /// <summary>Reads what <see cref="Name"/> writes.</summary>
    public static bool TryParse(string name, out Purpose purpose)
    {
        int at = Array.FindIndex(All, p => p.Name == name);
        purpose = (Purpose)Math.Max(at, 0);
        return at >= 0;
    }
}
