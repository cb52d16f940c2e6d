using System.Globalization;
using System.Text.Json;
using FourStrands.Picture;

namespace FourStrands.Cli.Commands;

/// <summary>What is said of a backup.</summary>
internal static class BackupText
{
    /// <summary>Its time, rows and logs in a sentence.</summary>
    public static string Said(BackupManifest manifest) =>
        string.Create(CultureInfo.InvariantCulture, $"State of {manifest.At:yyyy-MM-dd HH:mm:ss} UTC: {manifest.Rows:N0} rows, {manifest.Files.Count} files, ")
        + (manifest.Logs.Count == 0 ? "no log." : $"logs of {string.Join(", ", manifest.Logs.Select(Log))}.");

    public static string Megabytes(long bytes) => (bytes / 1e6).ToString("N1", CultureInfo.InvariantCulture);

    public static void WriteBackup(this Utf8JsonWriter json, BackupManifest manifest, string file, long bytes)
    {
        json.WriteStartObject();
        json.WriteString("file", file);
        json.WriteNumber("bytes", bytes);
        json.WriteString("at", manifest.At);
        json.WriteStartArray("tables");
        foreach (var table in manifest.Tables)
        {
            json.WriteStartObject();
            json.WriteString("database", table.Database);
            json.WriteString("name", table.Name);
            json.WriteNumber("rows", table.Rows);
            json.WriteString("sha256", table.Sha256);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("files");
        foreach (var kept in manifest.Files)
        {
            json.WriteStartObject();
            json.WriteString("name", kept.Name);
            json.WriteNumber("bytes", kept.Bytes);
            json.WriteString("sha256", kept.Sha256);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("logs");
        foreach (var log in manifest.Logs)
        {
            json.WriteStartObject();
            json.WriteString("agency", log.Agency);
            json.WriteNumber("entries", log.Entries);
            json.WriteString("checkpoint", log.Checkpoint);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static string Log(BackedUpLog log)
    {
        string whose = log.Agency.Length == 0 ? "attempts to sign in" : log.Agency;
        return $"{whose} ({(log.Entries == 1 ? "1 entry" : $"{Answers.Number(log.Entries)} entries")})";
    }
}
