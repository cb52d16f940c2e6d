using Microsoft.Data.Sqlite;

namespace FourStrands.Picture.Tests.Store;

/// <summary>The files of a store as they lie on the disk, whatever is open.</summary>
internal static class StoredBytes
{
    /// <summary>Each file's path and content, but what only says that a program has it open.</summary>
    public static IEnumerable<(string File, byte[] Content)> Of(string folder)
    {
        foreach (string file in Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            if (Path.GetFileName(file) is "in-use" || file.EndsWith("-shm", StringComparison.Ordinal))
                continue;
            // Copied by another process: closing a file of one's own takes SQLite's locks away.
            using var copy = System.Diagnostics.Process.Start(
                new System.Diagnostics.ProcessStartInfo("cat", [file]) { RedirectStandardOutput = true, UseShellExecute = false }
            )!;
            using var content = new MemoryStream();
            copy.StandardOutput.BaseStream.CopyTo(content);
            copy.WaitForExit();
            yield return (file, content.ToArray());
        }
    }

    /// <summary>Does something to a database that no program does.</summary>
    /// <param name="file">The database.</param>
    /// <param name="sql">What: a constant of the test.</param>
    public static void Alter(string file, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants of tests.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
