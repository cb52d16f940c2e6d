using System.Text;

namespace FourStrands.Linkage.Measured;

/// <summary>Finds the shared data folder beside the repository, and reads its comma-separated files.</summary>
internal static class SharedData
{
    /// <summary>The path of a file in the shared folder, or null where there is none.</summary>
    public static string? Find(string path)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, "shared", path);
            if (File.Exists(candidate))
                return candidate;
        }

        return null;
    }

    public static IEnumerable<Dictionary<string, string>> Rows(string file)
    {
        string[]? head = null;
        foreach (var row in Records(File.ReadAllText(file, Encoding.UTF8)))
        {
            if (head is null)
            {
                head = [.. row.Select(h => h.Trim())];
                continue;
            }

            var values = new Dictionary<string, string>(StringComparer.Ordinal);
            for (var i = 0; i < head.Length && i < row.Count; i++)
                values[head[i]] = row[i].Trim();
            yield return values;
        }
    }

    private static IEnumerable<List<string>> Records(string text)
    {
        var row = new List<string>();
        var field = new StringBuilder();
        var quoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (quoted)
            {
                if (c == '"' && i + 1 < text.Length && text[i + 1] == '"')
                    field.Append(text[i++]);
                else if (c == '"')
                    quoted = false;
                else
                    field.Append(c);
            }
            else if (c == '"')
            {
                quoted = true;
            }
            else if (c is ',' or '\n')
            {
                row.Add(field.ToString());
                field.Clear();
                if (c == '\n')
                {
                    yield return row;
                    row = [];
                }
            }
            else if (c != '\r')
            {
                field.Append(c);
            }
        }

        if (field.Length > 0 || row.Count > 0)
        {
            row.Add(field.ToString());
            yield return row;
        }
    }
}
