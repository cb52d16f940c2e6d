using FourStrands.Picture.Memory;

namespace FourStrands.Picture;

/// <summary>What is worked out once for all viewers of a permission class, and dropped when the picture changes.</summary>
/// <param name="engine">The picture.</param>
/// <param name="viewer">One of the class.</param>
/// <param name="audience">Only what everybody sees as well who may see what bears this label; null for all that the viewer may.</param>
internal sealed class ClassState(Engine engine, Viewer viewer, Label? audience = null)
{
    private readonly Lock refreshing = new();
    private volatile Kept kept = new(-1, [], new Clusters());

    /// <summary>What the log says of who may read what any of these viewers did: the same for all of them.</summary>
    public Label OfReader { get; } = Label.OfReader(viewer);

    /// <summary>The state of now. Called under the engine's read lock.</summary>
    public Kept Now()
    {
        var now = kept;
        if (now.Version == engine.Version)
            return now;
        lock (refreshing)
        {
            if (kept.Version != engine.Version)
                kept = new Kept(engine.Version, engine.Labels.Sight(viewer, audience), new Clusters());
            return kept;
        }
    }

    /// <param name="Version">The engine's version that it was made at.</param>
    /// <param name="Sight">One bit for each label.</param>
    /// <param name="Clusters">Records already resolved, each with the members of its entity.</param>
    internal sealed record Kept(int Version, ulong[] Sight, Clusters Clusters);
}
