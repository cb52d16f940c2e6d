using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using FourStrands.Picture.Store;

namespace FourStrands.Picture;

/// <summary>
/// All erasures of a store as a file, so that they can be done again to an older state of it. It holds places and identifiers, who, when and why; nothing of what was erased.
/// Only the store it came from, or a backup of that, takes it: it is authenticated with the store's own key.
/// </summary>
internal sealed record ErasureList(string Format, DateTimeOffset At, IReadOnlyList<ListedErasure> Erasures, string Mac)
{
    private const string FormatName = "fourstrands-erasures-1";

    /// <summary>The most bytes of such a file.</summary>
    private const int Longest = 1 << 30;

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        WriteIndented = true,
    };

    public static ErasureList Of(IEnumerable<ErasureRow> rows, DateTimeOffset at, byte[] identifierKey)
    {
        var list = new ErasureList(FormatName, at, [.. rows.Select(ListedErasure.Of)], "");
        return list with { Mac = list.MacOf(identifierKey) };
    }

    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this, Json);

    /// <summary>Reads a file, or the erasures of a newer store from its folder.</summary>
    /// <param name="path">Either.</param>
    /// <param name="keys">For a folder whose keys do not lie in it: the folder of those.</param>
    /// <param name="identifierKey">The key of the store they are to be done to.</param>
    /// <exception cref="BackupException">It is neither, or of another store.</exception>
    /// <exception cref="StoreException">The newer store's keys are not there.</exception>
    public static ErasureList From(string path, string? keys, byte[] identifierKey)
    {
        if (Directory.Exists(path))
        {
            string database = Path.Combine(path, "picture.db");
            if (!File.Exists(database))
                throw new BackupException(
                    $"There is no store in {path}: name a file that 'fourstrands erasures export' wrote, or the folder of the newer store."
                );
            var where = StoreKeys.Of(path, keys);
            using var copy = StoreCopy.Of(database);
            if (copy.Version >= SealedColumns.Since && !where.Has(StoreKeys.OfVault))
            {
                throw new StoreException(
                    $"{where.FileOf(StoreKeys.OfVault)} is not there, without which the erasures of the newer store cannot be read. Name the folder of its keys with --erasures-keys, or give a file that 'fourstrands erasures export' wrote."
                );
            }
            var (rows, key) = copy.Erasures(where);
            return key.AsSpan().SequenceEqual(identifierKey)
                ? Of(rows, DateTimeOffset.UnixEpoch, key)
                : throw new BackupException($"The store in {path} is another one than the backup's: its erasures have nothing to do with it.");
        }
        if (!File.Exists(path))
            throw new BackupException($"There is no file {path}: the erasures cannot be read.");
        if (new FileInfo(path).Length > Longest)
            throw new BackupException($"{path} is too large to be a list of erasures.");
        ErasureList list;
        try
        {
            list = JsonSerializer.Deserialize<ErasureList>(File.ReadAllBytes(path), Json) ?? throw new JsonException("null");
            if (list.Format != FormatName)
                throw new JsonException("Another format.");
        }
        catch (JsonException problem)
        {
            throw new BackupException($"{path} is no list of erasures, or was damaged. 'fourstrands erasures export' writes one.", problem);
        }
        if (!CryptographicOperations.FixedTimeEquals(Convert.FromHexString(Hex(list.Mac)), Convert.FromHexString(list.MacOf(identifierKey))))
            throw new BackupException($"{path} was changed, or is of another store than the backup: export the erasures of the right one.");
        return list;
    }

    private static string Hex(string text) => text.Length == 64 && text.All(char.IsAsciiHexDigit) ? text : new string('0', 64);

    private string MacOf(byte[] identifierKey)
    {
        byte[] key = HKDF.DeriveKey(HashAlgorithmName.SHA256, identifierKey, 32, info: "fourstrands list of erasures"u8.ToArray());
        return Convert.ToHexStringLower(HMACSHA256.HashData(key, (this with { Mac = "" }).Write()));
    }
}

/// <summary>An erasure in a list.</summary>
internal sealed record ListedErasure(string Id, DateTimeOffset At, string By, string Agency, string Reason, ErasureKind Kind, string Label, ErasedPlaces Places)
{
    public static ListedErasure Of(ErasureRow row) =>
        new(row.Id.ToString(), row.At, row.By, row.Agency, row.Reason, row.Kind, row.Label.ToString(), row.Places!);

    /// <exception cref="FormatException">It is not one.</exception>
    public ErasureRow Row() => new(RecordId.Parse(Id, null), At, By, Agency, Reason, Kind, Picture.Label.Parse(Label), Places);
}
