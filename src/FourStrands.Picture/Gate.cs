namespace FourStrands.Picture;

/// <summary>How a store is opened.</summary>
public sealed record GateOptions
{
    /// <summary>The clock; tests inject theirs.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>The secret that identifiers are made with, for a new store; random unless a test gives one (32 bytes).</summary>
    public byte[]? IdentifierKey { get; init; }
}

/// <summary>
/// The door to a store. It hands out views and nothing else: there is no way to the statements around a <see cref="View"/>.
/// </summary>
public sealed class Gate : IDisposable
{
    /// <summary>Opens the store in a folder, or makes one there.</summary>
    /// <exception cref="StoreException">It is in use by another process, damaged, or made by a newer version; the message says what to do.</exception>
    public static Gate Open(string folder, GateOptions? options = null) => throw new NotSupportedException();

    /// <summary>True if the store holds nothing yet: no import was ever committed. For first start only, never shown to a viewer.</summary>
    public bool IsNew => throw new NotSupportedException();

    /// <summary>What a viewer may see. Cheap: ask for one per request.</summary>
    public View For(Viewer viewer) => throw new NotSupportedException();

    /// <inheritdoc />
    public void Dispose() => throw new NotSupportedException();
}

/// <summary>The store cannot be opened or written; the message is for people and says what to do.</summary>
public sealed class StoreException : Exception
{
    /// <summary>Makes it.</summary>
    public StoreException(string message, Exception? inner = null)
        : base(message, inner) { }
}
