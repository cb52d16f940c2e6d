namespace FourStrands.Picture;

/// <summary>
/// A passkey (WebAuthn): a pair of keys whose secret half never leaves the device or password manager that made it, and which that uses only after it
/// asked who is there. What is kept is the public half, and so nothing here signs anybody in.
/// </summary>
/// <param name="Id">What the device calls it, base 64 for addresses.</param>
/// <param name="Name">What its owner calls it: "Work laptop".</param>
/// <param name="At">When it was added.</param>
/// <param name="PublicKey">The public half, as COSE writes keys (RFC 9052).</param>
public sealed record Passkey(string Id, string Name, DateTimeOffset At, IReadOnlyList<byte> PublicKey)
{
    /// <summary>
    /// How often the device says that it was used, when it last was; 0 of those that do not count, which are most. One that counts and says less than before
    /// was copied, and is refused.
    /// </summary>
    public uint Uses { get; init; }

    /// <summary>By which ways the browser reaches it, as WebAuthn names them: "internal", "usb".</summary>
    public IReadOnlyList<string> Transports { get; init; } = [];

    /// <summary>May the device share it with others of the same owner?</summary>
    public bool MayBeShared { get; init; }

    /// <summary>Does the device say that it shares it?</summary>
    public bool IsShared { get; init; }

    /// <summary>When somebody last signed in with it; null if nobody did yet.</summary>
    public DateTimeOffset? LastUsed { get; init; }
}
