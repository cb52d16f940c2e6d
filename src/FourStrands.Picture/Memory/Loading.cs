using System.Collections.Concurrent;
using FourStrands.Picture.Imports;
using FourStrands.Picture.Store;

namespace FourStrands.Picture.Memory;

/// <summary>
/// Takes the kept blocks in at start: one thread puts statements into the columns, another the words of their values into the text
/// index, in the same order as when they first came.
/// </summary>
internal sealed class Loading : IDisposable
{
    private readonly Engine engine;
    private readonly BlockingCollection<(Batch Batch, List<(int Entry, int Statement)> Found)> full = new(4);
    private readonly ConcurrentBag<Batch> spare = [];
    private readonly Task indexing;

    public Loading(Engine engine)
    {
        this.engine = engine;
        indexing = Task.Run(Index);
    }

    /// <summary>Takes a block of an import.</summary>
    public void Take(ReadOnlySpan<byte> block, ImportRow import)
    {
        var batch = spare.TryTake(out var used) ? used : new Batch();
        batch.Clear();
        Block.Read(block, engine.Ontology, batch);
        List<(int Entry, int Statement)> searched = new(batch.Statements.Count / 2);
        engine.Load(batch, import, searched);
        full.Add((batch, searched));
    }

    /// <summary>Returns once everything taken is in the index.</summary>
    public void Finish()
    {
        full.CompleteAdding();
        indexing.GetAwaiter().GetResult();
        engine.Index.Sort();
    }

    public void Dispose()
    {
        full.CompleteAdding();
        if (indexing.IsCompleted)
            full.Dispose();
    }

    private void Index()
    {
        foreach (var (batch, searched) in full.GetConsumingEnumerable())
        {
            foreach (var (entry, statement) in searched)
            {
                var said = batch.Statements[entry];
                engine.AddToIndex((ushort)said.Property, batch.Text(said.Value, said.Length), statement);
            }
            spare.Add(batch);
        }
    }
}
