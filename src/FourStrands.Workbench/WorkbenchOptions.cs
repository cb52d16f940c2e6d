using FourStrands.Picture;

namespace FourStrands.Workbench;

/// <summary>How the workbench is started.</summary>
public sealed record WorkbenchOptions
{
    /// <summary>The store that it shows. The caller opens it and closes it.</summary>
    public required Gate Gate { get; init; }

    /// <summary>Where it listens. Requests that name another host are refused, so that no web page elsewhere can speak to it.</summary>
    public Uri Address { get; init; } = new("http://127.0.0.1:8400");

    /// <summary>
    /// The https address under which people reach it through a proxy on this machine, which ends the encryption; null if it is used on this
    /// machine alone. With it, cookies are sent over https alone, browsers are told never to come without, and no other host is answered.
    /// </summary>
    public Uri? PublicAddress { get; init; }

    /// <summary>The agencies whose people may sign in at a place of their own. None unless whoever runs the program says so.</summary>
    public IReadOnlyList<IdentityProvider> Providers { get; init; } = [];

    /// <summary>
    /// True if the store holds the fictional demo world: every page then says so, and anybody who reaches the address may choose to be one of
    /// <see cref="Viewer.BuiltIn"/>, without a password.
    /// </summary>
    public bool Demo { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>
    /// Where the keys that protect sign-in cookies are kept, unencrypted, readable by their owner alone; null keeps them in memory,
    /// and a restart then signs everybody out. So does one that can only be read, for keys that are made while the program runs.
    /// </summary>
    public string? KeysFolder { get; init; }

    /// <summary>Where uploads wait while they are read; null uses a folder of its own among the system's temporary files. Emptied at start.</summary>
    public string? UploadsFolder { get; init; }

    /// <summary>How long a request waits for the work it started before it shows a progress page instead.</summary>
    public TimeSpan WaitForWork { get; init; } = TimeSpan.FromSeconds(1.5);

    /// <summary>The largest file that may be imported through the browser, in bytes.</summary>
    public long LargestImport { get; init; } = 2L << 30;
}
