using FourStrands.Picture;

namespace FourStrands.Workbench.Jobs;

/// <summary>Turns, of which each viewer has one: whoever asks for another meanwhile is told so before anything of theirs is read.</summary>
internal sealed class Turns
{
    private readonly Lock gatekeeper = new();
    private readonly HashSet<string> taken = new(StringComparer.Ordinal);

    /// <summary>The viewer's turn, given back when it is disposed; null if it is taken.</summary>
    public IDisposable? Take(Viewer viewer)
    {
        lock (gatekeeper)
            return taken.Add(viewer.Name) ? new Turn(this, viewer.Name) : null;
    }

    private void GiveBack(string name)
    {
        lock (gatekeeper)
            taken.Remove(name);
    }

    private sealed class Turn(Turns turns, string name) : IDisposable
    {
        public void Dispose() => turns.GiveBack(name);
    }
}
