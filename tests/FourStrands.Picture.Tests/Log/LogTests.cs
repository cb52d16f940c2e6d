using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Xunit;

namespace FourStrands.Picture.Tests.Log;

public sealed class LogTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("fourstrands-log-").FullName;
    private readonly MovingClock clock = new();
    private Gate gate;

    private static Viewer Analyst { get; } = Somebody("isla", "Isla Munro", Classification.OfficialSensitive, ["nightjar"], Role.Analyst, Role.Contributor);

    private static Viewer Clerk { get; } = Somebody("una", "Una Kerr", Classification.Official, [], Role.Analyst, Role.Contributor);

    private static Viewer Auditor { get; } = Somebody("neil", "Neil Baxter", Classification.Official, [], Role.Auditor);

    private static Viewer Chief { get; } = Somebody("jean", "Jean Gunn", null, [], Role.ChiefAuditor);

    public LogTests() => gate = Open();

    public void Dispose()
    {
        gate.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task An_auditor_reads_of_those_whose_picture_they_may_see_and_a_chief_auditor_of_all()
    {
        gate.For(Analyst).Search("quist");
        gate.For(Clerk).Search("heron");
        gate.For(Clerk with { Agency = "glenbrae-council", Name = "una@glenbrae-council" }).Search("puffin");
        await gate.FlushReadLog();
        Assert.Equal(["heron"], Questions(Auditor));
        await gate.FlushReadLog();
        // What was asked of the log is in the log: of an auditor, for auditors; of a chief auditor, for chief auditors.
        Assert.Equal(["", "heron", "quist"], Questions(Chief));
        await gate.FlushReadLog();
        Assert.Equal(["", "heron"], Questions(Auditor));
        foreach (var viewer in (Viewer[])[Analyst, Somebody("x", "X", Classification.Official, [], Role.Administrator)])
            Assert.Throws<UnauthorizedAccessException>(() => gate.Audit.Search(viewer, new LogQuestion()));
        Assert.Throws<UnauthorizedAccessException>(() => gate.Audit.Checkpoint(Auditor));
        Assert.Throws<UnauthorizedAccessException>(() => gate.Audit.Export(Auditor, Stream.Null));
    }

    [Fact]
    public async Task A_log_is_searched_by_person_kind_words_record_and_day_in_pages()
    {
        for (int i = 0; i < 7; i++)
            gate.For(Clerk).Search($"Heron {i}");
        var import = gate.For(Clerk).BeginImport(new ImportRequest("Register", Label.Public, "r.jsonl", "ftm"));
        import.Begin("1", Ontology.Default["Company"]);
        import.Add(Ontology.Default["Company"]["name"], "Heron Ltd");
        import.End();
        var record = import.IdentifierOf("1");
        import.Commit();
        import.Dispose();
        gate.For(Clerk).Find(record);
        await gate.FlushReadLog();
        // What is asked of the log from now on is in it too, but not in what was before.
        clock.Now = clock.Now.AddHours(1);
        var before = new LogQuestion { Until = clock.Now };
        var first = gate.Audit.Search(Auditor, before with { Text = "HERON ", Limit = 3 });
        Assert.Equal(["Heron 6", "Heron 5", "Heron 4"], first.Entries.Select(e => e.Question));
        Assert.True(first.More);
        var last = gate.Audit.Search(Auditor, before with { Text = "heron ", Kind = LogKind.Consultation, Limit = 3, Offset = 6 });
        Assert.Equal(["Heron 0"], last.Entries.Select(e => e.Question));
        Assert.False(last.More);
        Assert.Equal(LogKind.Collection, Assert.Single(gate.Audit.Search(Auditor, new LogQuestion { Kind = LogKind.Collection }).Entries).Kind);
        Assert.Equal("consult", Assert.Single(gate.Audit.Search(Auditor, before with { Record = record, Kind = LogKind.Consultation }).Entries).Act);
        Assert.Empty(gate.Audit.Search(Auditor, new LogQuestion { Who = "isla" }).Entries);
        Assert.Empty(gate.Audit.Search(Auditor, new LogQuestion { From = clock.Now.AddDays(1) }).Entries);
        Assert.Empty(gate.Audit.Search(Auditor, new LogQuestion { Until = clock.Now.AddDays(-1) }).Entries);
    }

    [Fact]
    public async Task A_log_that_goes_on_after_a_restart_is_proved_whole()
    {
        for (int i = 0; i < 5; i++)
            gate.For(Analyst).Search($"first {i}");
        await gate.FlushReadLog();
        var earlier = gate.Audit.Checkpoint(Chief)!;
        Assert.Equal((5, "national-police"), (earlier.Size, earlier.Agency));
        Assert.Equal(earlier.ToString(), Checkpoint.Parse(earlier.ToString()).ToString());
        gate.Dispose();
        gate = Open();
        for (int i = 0; i < 6; i++)
            gate.For(Clerk).Search($"then {i}");
        byte[] file = Exported();
        var proof = LogFile.Verify(new MemoryStream(file), earlier);
        Assert.Equal((null, 11, 0, "national-police", gate.Audit.KeyInShort), (proof.Problem, proof.Entries, proof.Erased, proof.Agency, proof.Key));
    }

    [Fact]
    public async Task Whatever_is_changed_in_a_file_is_found()
    {
        for (int i = 0; i < 6; i++)
            gate.For(Analyst).Search($"question {i}");
        await gate.FlushReadLog();
        var earlier = gate.Audit.Checkpoint(Chief)!;
        gate.For(Analyst).Search("question 6");
        string[] lines = Encoding.UTF8.GetString(Exported()).TrimEnd('\n').Split('\n');
        Assert.Equal(8, lines.Length);
        Assert.Null(Proved(lines));
        Assert.Contains("changed", Proved([.. lines.Select(l => l.Replace("question 3", "question 9", StringComparison.Ordinal))]), StringComparison.Ordinal);
        Assert.Contains("order", Proved([lines[0], lines[2], lines[1], .. lines[3..]]), StringComparison.Ordinal);
        Assert.Contains("taken away", Proved(lines[..^1]), StringComparison.Ordinal);
        Assert.Contains("added", Proved([.. lines, lines[^1]]), StringComparison.Ordinal);
        Assert.Contains("not signed", Proved([lines[0].Replace("\\n7\\n", "\\n6\\n", StringComparison.Ordinal), .. lines[1..^1]]), StringComparison.Ordinal);
        Assert.Contains("first line", Proved(["{}", .. lines[1..]]), StringComparison.Ordinal);
        Assert.Contains("Line 4 cannot be read", Proved([.. lines[..3], "{\"at\":1}", .. lines[4..]]), StringComparison.Ordinal);
        // Every single byte: nothing is proved that was changed, and nothing falls over.
        byte[] file = Encoding.UTF8.GetBytes(string.Join('\n', lines) + '\n');
        for (int i = 0; i < file.Length; i++)
        {
            byte[] changed = [.. file];
            changed[i] ^= 1;
            if (LogFile.Verify(new MemoryStream(changed)).Problem is null)
                Assert.Fail($"Byte {i} of {Encoding.UTF8.GetString(file.AsSpan(Math.Max(0, i - 20), Math.Min(60, file.Length - Math.Max(0, i - 20))))}");
            Assert.NotNull(LogFile.Verify(new MemoryStream(file, 0, i)).Problem);
        }

        // Signed anew by whoever has the key: found by a checkpoint that was kept.
        gate.Dispose();
        Rewrite("UPDATE entry SET question='question 9' WHERE position=3");
        gate = Open();
        gate.For(Analyst).Search("question 7");
        Assert.Contains("not those that were signed", LogFile.Verify(new MemoryStream(Exported())).Problem, StringComparison.Ordinal);
        gate.Dispose();
        File.Delete(Path.Combine(folder, "reads.db"));
        gate = Open();
        for (int i = 0; i < 8; i++)
            gate.For(Analyst).Search($"question {(i == 3 ? 9 : i)}");
        byte[] forged = Exported();
        Assert.Null(LogFile.Verify(new MemoryStream(forged)).Problem);
        Assert.Contains("signed anew", LogFile.Verify(new MemoryStream(forged), earlier).Problem, StringComparison.Ordinal);

        string? Proved(string[] changed) => LogFile.Verify(new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', changed) + '\n'))).Problem;
    }

    /// <summary>The checkpoint was downloaded after the log: that is no tampering, and no proof either.</summary>
    [Fact]
    public async Task A_checkpoint_that_is_newer_than_the_file_proves_nothing_and_accuses_nobody()
    {
        gate.For(Analyst).Search("first");
        byte[] whole = Exported();
        clock.Now = clock.Now.AddMinutes(1);
        gate.For(Analyst).Search("second");
        await gate.FlushReadLog();
        var newer = gate.Audit.Checkpoint(Chief)!;
        string? said = LogFile.Verify(new MemoryStream(whole), newer).Problem;
        Assert.Contains("is newer than the file", said, StringComparison.Ordinal);
        // A file of which the end was cut, under an older signature, looks the same: the words are of both.
        Assert.Contains("cut off", said, StringComparison.Ordinal);

        // Made anew with fewer entries, and signed after the checkpoint: that is a cut.
        gate.Dispose();
        File.Delete(Path.Combine(folder, "reads.db"));
        clock.Now = clock.Now.AddMinutes(1);
        gate = Open();
        gate.For(Analyst).Search("first");
        Assert.Contains("some were taken away", LogFile.Verify(new MemoryStream(Exported()), newer).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_line_that_cannot_be_read_is_named_by_its_number_in_plain_words()
    {
        for (int i = 0; i < 40; i++)
            gate.For(Analyst).Search($"question {i}");
        await gate.FlushReadLog();
        string file = Encoding.UTF8.GetString(Exported());
        foreach (
            string wrong in (string[])
                [
                    file.Replace("question 30\"", "question 30\",\"bt\":\"x\"", StringComparison.Ordinal),
                    file.Replace("question 30", "question \\", StringComparison.Ordinal),
                ]
        )
        {
            string problem = LogFile.Verify(new MemoryStream(Encoding.UTF8.GetBytes(wrong))).Problem!;
            Assert.StartsWith("Line 32 cannot be read: it is not written as a log's lines are", problem, StringComparison.Ordinal);
            Assert.DoesNotContain("JSON", problem, StringComparison.OrdinalIgnoreCase);
        }
        byte[] bytes = Encoding.UTF8.GetBytes(file);
        bytes[Encoding.UTF8.GetByteCount(file.AsSpan(0, file.IndexOf("question 30", StringComparison.Ordinal)))] = 0xff;
        Assert.StartsWith("Line 32 cannot be read", LogFile.Verify(new MemoryStream(bytes)).Problem, StringComparison.Ordinal);
        Assert.StartsWith(
            "Line 1 cannot be read",
            LogFile.Verify(new MemoryStream("{\"format\":\"fourstrands-log-1\"}\n"u8.ToArray())).Problem,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task An_erased_question_leaves_the_log_provable()
    {
        gate.For(Analyst).Search("a name to forget");
        await gate.FlushReadLog();
        gate.Log.Erase([new ErasedQuestions(Analyst.Agency, [0])], "ina");
        byte[] file = Exported();
        var proof = LogFile.Verify(new MemoryStream(file));
        Assert.Equal((null, 2, 1), (proof.Problem, proof.Entries, proof.Erased));
        Assert.DoesNotContain("forget", Encoding.UTF8.GetString(file), StringComparison.Ordinal);
        var told = gate.Audit.Search(Chief, new LogQuestion { Kind = LogKind.Erasure }).Entries.Single();
        Assert.Equal(("ina", ErasedEntries.Act, "1"), (told.Who, told.Act, told.Question));
        Assert.Null(gate.Audit.Search(Chief, new LogQuestion()).Entries[^1].Question);
        // Where entries stand in it is for those who may read all of it.
        Assert.DoesNotContain(gate.Audit.Search(Auditor, new LogQuestion()).Entries, e => e.Act == ErasedEntries.Act);
    }

    [Fact]
    public async Task A_question_that_was_taken_out_is_not_taken_for_an_erased_one()
    {
        foreach (string name in (string[])["first", "second", "third", "fourth", "fifth"])
            gate.For(Analyst).Search(name);
        await gate.FlushReadLog();
        gate.Log.Erase([new ErasedQuestions(Analyst.Agency, [1, 2])], "ina");
        string[] lines = Encoding.UTF8.GetString(Exported()).TrimEnd('\n').Split('\n');
        Assert.Null(Problem(lines));
        // A line of the header, then five entries, of which two are erased, and the one that tells of it.
        Assert.StartsWith("Line 6 lacks what was asked", Problem(Without("fifth")), StringComparison.Ordinal);
        Assert.StartsWith("Line 2 lacks what was asked", Problem(Without("first")), StringComparison.Ordinal);
        // What tells of it cannot be taken out either.
        Assert.Contains("lacks what was asked", Problem(Without("2-3")), StringComparison.Ordinal);

        // In the store itself, as whoever has its files and no key would do it.
        byte[] commitment = CommitmentIn(lines, "fifth");
        gate.Dispose();
        Rewrite($"UPDATE entry SET question=NULL, commitment=x'{Convert.ToHexString(commitment)}' WHERE position=4");
        gate = Open();
        Assert.StartsWith("Line 6 lacks what was asked", LogFile.Verify(new MemoryStream(Exported())).Problem, StringComparison.Ordinal);

        string? Problem(string[] of) => LogFile.Verify(new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', of) + '\n'))).Problem;

        string[] Without(string question)
        {
            string[] changed = [.. lines];
            int at = Array.FindIndex(changed, l => l.Contains($"\"question\":\"{question}\"", StringComparison.Ordinal));
            var entry = JsonNode.Parse(changed[at])!.AsObject();
            var salt = entry["salt"]!.GetValue<string>();
            changed[at] = changed[at]
                .Replace(
                    $"\"question\":\"{question}\",\"salt\":\"{salt}\"",
                    $"\"commitment\":\"{Convert.ToBase64String(CommitmentIn(lines, question))}\"",
                    StringComparison.Ordinal
                );
            Assert.NotEqual(lines[at], changed[at]);
            return changed;
        }

        static byte[] CommitmentIn(string[] lines, string question)
        {
            var entry = lines.Skip(1).Select(l => JsonNode.Parse(l)!.AsObject()).Single(e => (string?)e["question"] == question);
            return SHA256.HashData([.. Convert.FromBase64String((string)entry["salt"]!), .. Encoding.UTF8.GetBytes(question)]);
        }
    }

    [Fact]
    public async Task What_an_older_program_erased_is_told_when_the_store_is_opened()
    {
        foreach (string name in (string[])["first", "second", "third"])
            gate.For(Analyst).Search(name);
        await gate.FlushReadLog();
        gate.Log.Erase([new ErasedQuestions(Analyst.Agency, [0, 2])], "ina");
        gate.Dispose();
        // As that program left it: without the entry that tells of it.
        Rewrite("UPDATE entry SET act='search' WHERE position=3; PRAGMA user_version=3");
        gate = Open();
        Assert.Equal("1, 3", gate.Audit.Search(Chief, new LogQuestion { Kind = LogKind.Erasure }).Entries.Single().Question);
        await gate.FlushReadLog();
        long before = gate.Audit.Checkpoint(Chief)!.Size;
        gate.Dispose();
        gate = Open();
        Assert.Equal(before, gate.Audit.Checkpoint(Chief)!.Size);
    }

    [Theory]
    [InlineData("", new long[0])]
    [InlineData("1", new long[] { 0 })]
    [InlineData("1-3", new long[] { 2, 0, 1, 1 })]
    [InlineData("1, 4-5, 9", new long[] { 8, 4, 3, 0 })]
    public void Erased_entries_are_told_by_number(string told, long[] positions) => Assert.Equal(told, ErasedEntries.Write(positions));

    [Fact]
    public void Entries_from_before_there_were_trees_are_taken_in_for_chief_auditors()
    {
        gate.Dispose();
        File.Delete(Path.Combine(folder, "reads.db"));
        Rewrite(
            """
            CREATE TABLE read(
                number INTEGER PRIMARY KEY, at INTEGER NOT NULL, viewer TEXT NOT NULL, agency TEXT NOT NULL, act TEXT NOT NULL, question TEXT NOT NULL, records BLOB NOT NULL);
            WITH RECURSIVE n(i) AS (VALUES(1) UNION ALL SELECT i+1 FROM n WHERE i<2500)
            INSERT INTO read SELECT i, 1764000000000+i, 'una@national-police', 'national-police', 'search', 'older '||i, x'' FROM n;
            """
        );
        gate = Open();
        Assert.Equal(2500, gate.Audit.Checkpoint(Chief)!.Size);
        Assert.Equal("older 2500", gate.Audit.Search(Chief, new LogQuestion { Limit = 1 }).Entries[0].Question);
        Assert.Empty(gate.Audit.Search(Auditor, new LogQuestion()).Entries);
        Assert.Null(LogFile.Verify(new MemoryStream(Exported())).Problem);
        gate.Dispose();
        gate = Open();
        Assert.Single(
            gate.Audit.Search(
                Chief,
                new LogQuestion
                {
                    Text = "older 7",
                    Who = "una",
                    Until = DateTimeOffset.FromUnixTimeMilliseconds(1764000000010),
                }
            ).Entries
        );
    }

    [Fact]
    public async Task A_lost_key_is_replaced_and_the_log_says_so()
    {
        gate.For(Analyst).Search("before");
        await gate.FlushReadLog();
        var earlier = gate.Audit.Checkpoint(Chief)!;
        string key = gate.Audit.KeyInShort;
        gate.Dispose();
        string file = Path.Combine(folder, "keys", "log");
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        File.WriteAllText(file, "no key");
        Assert.Contains("damaged", Assert.Throws<StoreException>(Open).Message, StringComparison.Ordinal);
        File.Delete(file);
        gate = Open();
        await gate.FlushReadLog();
        Assert.NotEqual(key, gate.Audit.KeyInShort);
        Assert.Equal("begin new log key", gate.Audit.Search(Chief, new LogQuestion()).Entries[0].Act);
        byte[] log = Exported();
        Assert.Null(LogFile.Verify(new MemoryStream(log)).Problem);
        Assert.Contains("another key", LogFile.Verify(new MemoryStream(log), earlier).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unusual_reading_is_shown_with_its_reason()
    {
        gate.People.Invent([Clerk, Analyst]);
        // A Thursday at noon.
        clock.Now = new DateTimeOffset(2026, 11, 26, 12, 0, 0, TimeSpan.Zero);
        for (int i = 0; i < 20; i++)
            gate.For(Clerk).Search("by day");
        gate.For(Clerk).Search("KERR, Úna");
        gate.For(Analyst).Search("Una Kerr");
        clock.Now = clock.Now.AddHours(15);
        for (int i = 0; i < 10; i++)
            gate.For(Clerk).Search("by night");
        await gate.FlushReadLog();
        var found = gate.Audit.Unusual(Auditor, clock.Now.AddDays(-2), clock.Now.AddDays(1));
        Assert.Equal([UnusualKind.AfterHours, UnusualKind.OwnName], found.Select(f => f.Kind));
        Assert.All(found, f => Assert.Equal(["una@national-police"], f.Who));
        Assert.Equal((10, "KERR, Úna"), (found[0].Count, found[1].Question));
        Assert.Empty(gate.Audit.Unusual(Auditor, clock.Now.AddDays(1), clock.Now.AddDays(2)));
    }

    [Fact]
    public async Task A_sweep_and_a_record_that_many_look_at_are_shown()
    {
        List<RecordId> records = [];
        using (var import = gate.For(Clerk).BeginImport(new ImportRequest("Register", Label.Public, "r.jsonl", "ftm")))
        {
            for (int i = 0; i < 100; i++)
            {
                string key = $"{i}";
                import.Begin(key, Ontology.Default["Company"]);
                import.Add(Ontology.Default["Company"]["name"], $"Company {i:000} Ltd");
                import.End();
                records.Add(import.IdentifierOf(key));
            }
            import.Commit();
        }
        clock.Now = new DateTimeOffset(2026, 11, 26, 12, 0, 0, TimeSpan.Zero);
        for (int i = 0; i < 5; i++)
            gate.For(Clerk with { Name = $"reader{i}@national-police" }).Find(records[7]);
        foreach (var record in records.Take(99))
            gate.For(Clerk).Find(record);
        await gate.FlushReadLog();
        var only = Assert.Single(gate.Audit.Unusual(Auditor, DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue));
        Assert.Equal((UnusualKind.MuchLookedAt, 6, (RecordId?)records[7]), (only.Kind, only.Count, only.Record));
        gate.For(Clerk).Find(records[99]);
        await gate.FlushReadLog();
        Assert.Contains(gate.Audit.Unusual(Auditor, DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue), u => u is { Kind: UnusualKind.Sweep, Count: 100 });
    }

    [Fact]
    public async Task Who_administers_is_read_by_auditors_and_what_names_a_compartment_by_those_who_are_in_it()
    {
        var administrator = Somebody("fiona", "Fiona Baxter", null, [], Role.Administrator);
        gate.People.Invent([administrator, Clerk]);
        var person = gate.People.Of(administrator).Single(p => p.DisplayName == "Una Kerr");
        var compartment = gate.People.AddCompartment(administrator, "kittiwake", "An operation");
        gate.People.Give(administrator, person.Id, RightKind.Role, nameof(Role.Liaison), clock.Now.AddDays(30), "Her job");
        gate.People.Give(administrator, person.Id, RightKind.Compartment, compartment.Name, clock.Now.AddDays(30), "The operation");
        await gate.FlushReadLog();
        var seen = gate.Audit.Search(Auditor, new LogQuestion { Kind = LogKind.Access }).Entries;
        Assert.Equal(["give right"], seen.Select(e => e.Act));
        Assert.StartsWith("Role Liaison for una@national-police until", seen[0].Question, StringComparison.Ordinal);
        var inside = gate.Audit.Search(Auditor with { Compartments = [compartment.Name] }, new LogQuestion { Kind = LogKind.Access }).Entries;
        Assert.Equal(["ask for right", "give right", "make compartment"], inside.Select(e => e.Act));
    }

    private IEnumerable<string?> Questions(Viewer by) => gate.Audit.Search(by, new LogQuestion()).Entries.Select(e => e.Question);

    private byte[] Exported()
    {
        using var file = new MemoryStream();
        gate.Audit.Export(Chief, file);
        return file.ToArray();
    }

    private Gate Open() => Gate.Open(folder, new GateOptions { Clock = clock });

    /// <summary>Does something to the file of the log behind the program's back.</summary>
    private object? Rewrite(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "reads.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100
        command.CommandText = sql;
#pragma warning restore CA2100
        return command.ExecuteScalar();
    }

    private static Viewer Somebody(string name, string shown, Classification? clearance, IReadOnlyList<string> compartments, params Role[] roles) =>
        new($"{name}@national-police", shown, "national-police", "National Police", "job", clearance, compartments) { Roles = roles };

    private sealed class MovingClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 11, 26, 9, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
