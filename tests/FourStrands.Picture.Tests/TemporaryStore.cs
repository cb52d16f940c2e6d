namespace FourStrands.Picture.Tests;

/// <summary>A store in a temporary folder, with a short way to put records in.</summary>
internal sealed class TemporaryStore : IDisposable
{
    public static readonly Viewer Analyst = Viewer.BuiltIn[0],
        Glenbrae = Viewer.BuiltIn[1],
        Strathorn = Viewer.BuiltIn[2],
        Visitor = Viewer.BuiltIn[3];

    private readonly string folder = Directory.CreateTempSubdirectory("fourstrands-test-").FullName;

    public TemporaryStore() => Gate = Open();

    public Gate Gate { get; private set; }

    public string Folder => folder;

    public View As(Viewer viewer) => Gate.For(viewer);

    /// <summary>Closes the store and opens it again, as after a restart.</summary>
    /// <param name="meanwhile">What happens to its folder in between.</param>
    public void Reopen(Action<string>? meanwhile = null)
    {
        Gate.Dispose();
        meanwhile?.Invoke(folder);
        Gate = Open();
    }

    /// <summary>Brings records in, each written as "key Schema property=value; property=value".</summary>
    public ImportSummary Import(Viewer viewer, string source, string label, params string[] records) =>
        Import(viewer, new ImportRequest(source, Label.Parse(label), "test", "test"), records);

    public ImportSummary Import(Viewer viewer, ImportRequest request, params string[] records)
    {
        using var import = As(viewer).BeginImport(request);
        foreach (string record in records)
        {
            string[] head = record.Split(' ', 3);
            var schema = Ontology.Default[head[1]];
            import.Begin(head[0], schema);
            foreach (string said in head.Length < 3 ? [] : head[2].Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            {
                int equals = said.IndexOf('=', StringComparison.Ordinal);
                import.Add(schema[said[..equals]], said.AsSpan(equals + 1));
            }
            import.End();
        }
        return import.Commit();
    }

    /// <summary>The first entity that a search finds.</summary>
    public Entity? First(Viewer viewer, string text)
    {
        var view = As(viewer);
        var hits = view.Search(text).Hits;
        return hits.Count == 0 ? null : view.Find(hits[0].Entity.Id);
    }

    public void Dispose()
    {
        Gate.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private Gate Open() => Gate.Open(folder, new GateOptions { IdentifierKey = new byte[32] });
}
