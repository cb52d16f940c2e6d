namespace FourStrands.Picture;

/// <summary>
/// A condition on what may be done with what one sees. A1 to S2 are the conditions of handling code C of the 3x5x2 system (College of Policing), H0 to
/// H3 Europol's handling codes. What each means is from secondary sources and memory, and not verified.
/// </summary>
public enum HandlingCode
{
    /// <summary>Covert development only: nobody outside may notice what it was used for.</summary>
    A1,

    /// <summary>Covert use.</summary>
    A2,

    /// <summary>Overt use.</summary>
    A3,

    /// <summary>Whoever holds it may sanitise it and pass that on.</summary>
    S1,

    /// <summary>The originator is asked before it is passed on.</summary>
    S2,

    /// <summary>For preventing and combating crime only.</summary>
    H0,

    /// <summary>Not to be used in court without the provider's permission.</summary>
    H1,

    /// <summary>Not to be passed on without the provider's permission.</summary>
    H2,

    /// <summary>Other restrictions, which the reason given with a release has to speak to.</summary>
    H3,
}

/// <summary>The conditions that come with what one sees, and go with it wherever it is passed on.</summary>
public sealed class Handling
{
    /// <summary>Makes it.</summary>
    /// <param name="codes">The conditions.</param>
    /// <param name="originators">Agencies that gave it and are to be asked, as labels name them; none for what is the own agency's.</param>
    public Handling(IEnumerable<HandlingCode> codes, IEnumerable<string>? originators = null)
    {
        Codes = [.. codes.Distinct().Order()];
        Originators = originators is null ? [] : [.. originators.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    /// <summary>No conditions: 3x5x2's handling code P, lawful sharing permitted.</summary>
    public static Handling Free { get; } = new([]);

    /// <summary>The conditions, in order.</summary>
    public IReadOnlyList<HandlingCode> Codes { get; }

    /// <summary>Agencies that gave it and are to be asked, in ordinal order.</summary>
    public IReadOnlyList<string> Originators { get; }

    /// <summary>True if there is any condition.</summary>
    public bool IsConditional => Codes.Count > 0;

    /// <summary>Is that among the conditions?</summary>
    public bool Has(HandlingCode code) => Codes.Contains(code);

    /// <summary>The conditions of both: what was made of two things is bound by what binds either.</summary>
    public Handling Join(Handling other) => new(Codes.Concat(other.Codes), Originators.Concat(other.Originators));

    /// <summary>What a condition means, in one line.</summary>
    public static string Words(HandlingCode code) =>
        code switch
        {
            HandlingCode.A1 => "Covert development only",
            HandlingCode.A2 => "Covert use only",
            HandlingCode.A3 => "Overt use is allowed",
            HandlingCode.S1 => "May be sanitised and passed on by whoever holds it",
            HandlingCode.S2 => "Ask the originator before it is passed on",
            HandlingCode.H0 => "For preventing and combating crime only",
            HandlingCode.H1 => "Not for use in court without the provider’s permission",
            HandlingCode.H2 => "Not to be passed on without the provider’s permission",
            _ => "Other restrictions apply: ask who provided it",
        };
}
