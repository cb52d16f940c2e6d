using System.Runtime.CompilerServices;
using FourStrands.Picture.Matches;
using FourStrands.Picture.Memory;

namespace FourStrands.Picture;

/// <summary>
/// Reads the engine through a sight. Everything a view answers is made of what these few methods let through; each tests the
/// label of every statement it touches, and a statement that points at an unseen record is unseen.
/// </summary>
internal readonly partial struct Reader<TSight>(Engine engine, TSight sight, Viewer viewer, Clusters clusters, LeftOut? leftOut = null)
    where TSight : struct, ISight
{
    public Engine Engine => engine;

    /// <summary>A record is there if any of its statements is seen. Every import that speaks of a record says its kind, so labels suffice.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Exists(int record)
    {
        int uniform = engine.Records.Uniform[record];
        return (uniform > LabelTable.Nobody ? sight.Sees(uniform) : uniform == Records.Mixed && AnySeen(record)) && leftOut?.Has(engine, sight, record) != true;
    }

    /// <summary>Is the statement part of the view?</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Sees(int statement) =>
        sight.Sees(engine.Statements[statement].Label)
        && (
            engine.Statements[statement].Property == Statements.KindProperty
            || !engine.IsEntity[engine.Statements[statement].Property]
            || Exists(engine.Statements[statement].Value)
        );

    /// <summary>Is a statement seen that says something by itself, such as a name?</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool SeesPlain(int statement) =>
        sight.Sees(engine.Statements[statement].Label) && leftOut?.Has(engine, sight, engine.Statements[statement].Record) != true;

    public Schema SchemaOf(int record) => Profiles.SchemaOf(engine, sight, record) ?? engine.Ontology["Thing"];

    /// <summary>The number of a record that is there, or -1.</summary>
    public int Find(RecordId id)
    {
        int record = engine.Records.Find(id);
        return record >= 0 && Exists(record) ? record : -1;
    }

    public RecordId IdOf(int record) => new(engine.Records.Id[record]);

    public bool SeesLabel(int label) => sight.Sees(label);

    private bool AnySeen(int record)
    {
        foreach (int s in engine.Records.StatementsOf(record))
        {
            if (sight.Sees(engine.Statements[s].Label))
                return true;
        }
        return false;
    }
}
