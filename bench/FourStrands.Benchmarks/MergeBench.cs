using FourStrands.Picture;

namespace FourStrands.Benchmarks;

/// <summary>
/// Deciding that two records are the same, or different, where one of them is tied to very many others: until the decision is kept and the entity is shown
/// anew, and until all of its ties are.
/// </summary>
internal static class MergeBench
{
    /// <summary>Runs it.</summary>
    /// <param name="ties">How many others the one is tied to.</param>
    public static void Run(int ties) => Measured.InFolder(folder => Run(ties, folder));

    private static void Run(int ties, string folder)
    {
        using var gate = Gate.Open(folder);
        var viewer = Viewer.BuiltIn.Single(v => v.ShortName == "analyst");
        var view = gate.For(viewer);
        RecordId one,
            other;
        using (var session = view.BeginImport(new ImportRequest("Register", Label.Public, "hub", "bench")))
        {
            var (company, person, directorship) = (Ontology.Default["Company"], Ontology.Default["Person"], Ontology.Default["Directorship"]);
            session.Begin("hub", company);
            session.Add(company["name"], "Hundred Thousand Formations Ltd");
            session.End();
            for (int i = 0; i < ties; i++)
            {
                session.Begin($"p{i}", person);
                session.Add(person["name"], $"Person {i}");
                session.End();
                session.Begin($"d{i}", directorship);
                session.Add(directorship["director"], $"p{i}");
                session.Add(directorship["organization"], "hub");
                session.End();
            }
            one = session.IdentifierOf("hub");
            // People of made-up names are not compared: that is measured elsewhere.
            session.CommitUnlinked();
        }
        using (var session = view.BeginImport(new ImportRequest("List", Label.Public, "list", "bench")))
        {
            var company = Ontology.Default["Company"];
            session.Begin("other", company);
            session.Add(company["name"], "Another Name Altogether Plc");
            session.End();
            other = session.IdentifierOf("other");
            session.CommitUnlinked();
        }
        int at = 0;
        Decide("decided, and the entity shown", () => view.Find(one)!.Records.Count);
        Decide("decided, and its title line shown from the other side", () => view.Summarise(other)!.Id == view.Summarise(one)!.Id ? 2 : 1);
        view = gate.For(viewer);
        Measured.Percentiles(
            $"merge: all {ties:N0} ties of the entity listed, nothing kept ready",
            5,
            () =>
            {
                view.Judge(one, other, at++ % 2 == 0 ? Verdict.Same : Verdict.Different, "Measured");
                int shown = view.Connections(view.Find(one)!).Count;
                if (shown != ties)
                    throw new InvalidOperationException($"{shown} ties.");
            }
        );

        void Decide(string what, Func<int> records) =>
            Measured.Percentiles(
                $"merge: an entity with {ties:N0} ties: {what}",
                40,
                () =>
                {
                    bool same = at++ % 2 == 0;
                    view.Judge(one, other, same ? Verdict.Same : Verdict.Different, "Measured");
                    if (records() != (same ? 2 : 1))
                        throw new InvalidOperationException("It is not seen at once.");
                }
            );
    }
}
