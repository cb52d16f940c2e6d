using System.Text.Json;
using System.Text.Json.Serialization;

namespace FourStrands.Picture;

/// <summary>A table of the store in a backup. For whoever runs the program: it counts what many may not see.</summary>
/// <param name="Database">The file it is a table of: <c>picture.db</c>, <c>reads.db</c>.</param>
/// <param name="Name">Its name.</param>
/// <param name="Rows">How many rows it has.</param>
/// <param name="Sha256">The SHA-256 of them, in hexadecimal digits.</param>
public sealed record BackedUpTable(string Database, string Name, long Rows, string Sha256);

/// <summary>A file of the store in a backup, such as a key.</summary>
/// <param name="Name">Its name within the store's folder.</param>
/// <param name="Bytes">How long it is.</param>
/// <param name="Sha256">The SHA-256 of its content, in hexadecimal digits.</param>
public sealed record BackedUpFile(string Name, long Bytes, string Sha256);

/// <summary>An agency's log in a backup.</summary>
/// <param name="Agency">Whose; empty for attempts to sign in with a name that is nobody's.</param>
/// <param name="Entries">How many entries it had.</param>
/// <param name="Checkpoint">The checkpoint that covers them.</param>
public sealed record BackedUpLog(string Agency, long Entries, string Checkpoint);

/// <summary>What a backup holds. For whoever runs the program, never for a viewer.</summary>
/// <param name="At">When its state of the store was taken.</param>
/// <param name="Tables">The tables.</param>
/// <param name="Files">The other files.</param>
/// <param name="Logs">The logs.</param>
public sealed record BackupManifest(DateTimeOffset At, IReadOnlyList<BackedUpTable> Tables, IReadOnlyList<BackedUpFile> Files, IReadOnlyList<BackedUpLog> Logs)
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>How many rows there are in all tables.</summary>
    public long Rows => Tables.Sum(t => t.Rows);

    internal byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this, Json);

    internal static BackupManifest Read(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize<BackupManifest>(json, Json) ?? throw new JsonException("A manifest is no null.");
}
