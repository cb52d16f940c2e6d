using System.Diagnostics;
using Xunit;
using static FourStrands.Picture.Tests.TemporaryStore;

namespace FourStrands.Picture.Tests.Store;

/// <summary>What must survive, and what must leave no trace.</summary>
public sealed class DurabilityTests : IDisposable
{
    private readonly TemporaryStore store = new();

    public void Dispose() => store.Dispose();

    [Fact]
    public void An_import_of_many_blocks_is_the_same_after_a_restart()
    {
        Many(store.Gate, 30_000);
        var before = store.As(Glenbrae).Sources()[0];
        store.Reopen();
        var after = store.As(Glenbrae).Sources()[0];
        Assert.Equal((before.Records, before.Statements), (after.Records, after.Statements));
        Assert.Equal(30_000, after.Records);
    }

    [Fact]
    public void An_import_given_up_after_its_first_blocks_leaves_no_trace_then_or_later()
    {
        using (var session = store.As(Analyst).BeginImport(new ImportRequest("Register", Label.Public, "f", "t")))
            Fill(session, 30_000);
        Assert.Empty(store.As(Analyst).Sources());
        store.Import(Analyst, "Register", "public", "r1 Company name=Company 1 Ltd", "new Company name=Another Ltd");
        string[] before = Everything();
        Assert.Equal(2, before.Length);
        store.Reopen();
        Assert.Equal(before, Everything());
        Assert.Equal(1, store.As(Analyst).Search("another").Records);
    }

    [Fact]
    public void Ten_thousand_aliases_on_one_entity_are_kept_found_and_compared()
    {
        string aliases = string.Join("; ", Enumerable.Range(0, 10_000).Select(i => $"alias=Alias{i} Person{i % 97}"));
        store.Import(Analyst, "List", "public", "many Person name=Morven Lang; " + aliases, "other Person name=Alias77 Person77");
        var entity = store.First(Analyst, "morven lang")!;
        Assert.Equal(10_001, entity.Records.Single(r => r.Key == "many").Statements.Count);
        Assert.NotEmpty(store.As(Analyst).Search("alias9999").Hits);
    }

    [Fact]
    public void What_was_acknowledged_survives_being_killed_and_what_was_not_is_gone()
    {
        // A copy of the files as they are while an import runs is what a killed process leaves behind.
        store.Import(Analyst, "First", "public", "1 Company name=Kept Ltd");
        using var session = store.As(Analyst).BeginImport(new ImportRequest("Second", Label.Public, "f", "t"));
        Fill(session, 30_000);
        string copy = Directory.CreateTempSubdirectory("fourstrands-test-").FullName;
        try
        {
            foreach (string file in Directory.GetFiles(store.Folder, "picture.db*"))
            {
                using var from = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
                using var to = File.Create(Path.Combine(copy, Path.GetFileName(file)));
                from.CopyTo(to);
            }
            Directory.CreateDirectory(Path.Combine(copy, "keys"));
            File.Copy(Path.Combine(store.Folder, "keys", "vault"), Path.Combine(copy, "keys", "vault"));
            using var gate = Gate.Open(copy);
            var view = gate.For(Analyst);
            Assert.Equal(1, view.Search("kept").Records);
            Assert.Equal(["First"], view.Sources().Select(s => s.Source.Name));
            Assert.Single(view.Export());
        }
        finally
        {
            Directory.Delete(copy, recursive: true);
        }
    }

    [Fact]
    public void A_full_disk_is_said_and_nothing_of_the_import_remains()
    {
        string small = Directory.CreateTempSubdirectory("fourstrands-small-").FullName;
        if (!OperatingSystem.IsLinux() || Run("mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", small) != 0)
        {
            Directory.Delete(small);
            Assert.Skip("A small disk cannot be made here (that takes the right to mount one).");
        }
        try
        {
            using (var gate = Gate.Open(small))
            {
                Many(gate, 100);
                var problem = Assert.Throws<StoreException>(() => Many(gate, 300_000));
                Assert.Contains("disk", problem.Message, StringComparison.OrdinalIgnoreCase);
                Assert.Equal(100, gate.For(Analyst).Sources().Single().Records);
            }
            using var again = Gate.Open(small);
            Assert.Equal(100, again.For(Analyst).Sources().Single().Records);
        }
        finally
        {
            Run("umount", small);
            Directory.Delete(small);
        }
    }

    [Fact]
    public void A_disk_that_can_only_be_read_is_not_called_another_program()
    {
        string disk = Directory.CreateTempSubdirectory("fourstrands-readonly-").FullName;
        if (!OperatingSystem.IsLinux() || Run("mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", disk) != 0)
        {
            Directory.Delete(disk);
            Assert.Skip("A disk that can only be read cannot be made here (that takes the right to mount one).");
        }
        try
        {
            using (var gate = Gate.Open(Path.Combine(disk, "store")))
                Many(gate, 10);
            Assert.Equal(0, Run("mount", "-o", "remount,ro", disk));
            var problem = Assert.Throws<StoreException>(() => Gate.Open(Path.Combine(disk, "store")));
            Assert.Contains("can only be read", problem.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("another FourStrands program", problem.Message, StringComparison.Ordinal);
            problem = Assert.Throws<StoreException>(() => Gate.Open(Path.Combine(disk, "none")));
            Assert.DoesNotContain("another FourStrands program", problem.Message, StringComparison.Ordinal);
        }
        finally
        {
            Run("umount", disk);
            Directory.Delete(disk);
        }
    }

    [Fact]
    public void A_store_in_the_place_of_which_a_folder_or_nothing_can_be_is_not_called_another_program()
    {
        string folder = Directory.CreateTempSubdirectory("fourstrands-test-").FullName;
        Directory.CreateDirectory(Path.Combine(folder, "in-use"));
        var problem = Assert.Throws<StoreException>(() => Gate.Open(folder));
        Assert.DoesNotContain("another FourStrands program", problem.Message, StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void A_damaged_file_is_said()
    {
        string folder = Directory.CreateTempSubdirectory("fourstrands-test-").FullName;
        File.WriteAllText(Path.Combine(folder, "picture.db"), "This is not a database, whatever its name says, and long enough to be looked at.");
        var problem = Assert.Throws<StoreException>(() => Gate.Open(folder));
        Assert.Contains("damaged", problem.Message, StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }

    private string[] Everything() => [.. store.As(Analyst).Export().Select(r => $"{r.Id} {r.Key} {string.Join(';', r.Statements.Select(s => s.Value))}")];

    private static void Many(Gate gate, int records)
    {
        using var session = gate.For(Analyst).BeginImport(new ImportRequest("Register", Label.Public, $"{records} records", "t"));
        Fill(session, records);
        session.Commit();
    }

    private static void Fill(ImportSession session, int records)
    {
        var company = Ontology.Default["Company"];
        for (int i = 0; i < records; i++)
        {
            session.Begin($"r{i}", company);
            session.Add(company["name"], $"Company {i} Ltd");
            session.Add(company["registrationNumber"], $"FX{i:000000}");
            session.Add(company["address"], $"{i} Harbour Street, Glenbrae, GB{i % 90} 1AA");
            session.End();
        }
    }

    private static int Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, UseShellExecute = false })!;
        process.WaitForExit();
        return process.ExitCode;
    }
}
