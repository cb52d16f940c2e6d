using FourStrands.Picture;

namespace FourStrands.Cli.Demo;

/// <summary>A part of the demo world: what one agency brings in under one label.</summary>
/// <param name="Owner">Who brings it in.</param>
/// <param name="Request">Into which source, under which label.</param>
/// <param name="Write">Writes its records.</param>
internal sealed record DemoPart(Viewer Owner, ImportRequest Request, Action<DemoRecords> Write);

/// <summary>
/// A plainly fictional Scotland of companies, people and what is known of them, made from a seed. The same seed and size give
/// the same records on every machine. Subjects are worked out when they are asked for, so a large world takes no more memory than a small one.
/// </summary>
internal sealed class DemoWorld
{
    public const int DefaultRecords = 20_000;
    public const long DefaultSeed = 2026;

    private static readonly Viewer Registrar = Agency("companies-registry", "Registrar of Companies (fictional)", "registrar", Classification.Public);
    private static readonly Viewer Treasury = Agency("sanctions-office", "Sanctions Office (fictional)", "list keeper", Classification.Public);
    private static readonly Viewer Insolvency = Agency("insolvency-service", "Insolvency Service (fictional)", "list keeper", Classification.Public);
    private static readonly Viewer Procurement = Agency("procurement-office", "Procurement Office (fictional)", "list keeper", Classification.Public);
    private static readonly Viewer Courts = Agency("courts-service", "Courts Service (fictional)", "clerk", Classification.Official);

    private readonly PoliceIntelligence intelligence;
    private readonly ushort[] namesakes;

    public DemoWorld(int records = DefaultRecords, long seed = DefaultSeed)
    {
        Records = records;
        Seed = (ulong)seed;
        Companies = Math.Max(40, (int)(records * 0.128));
        People = Companies + (Companies / 3) + 1;
        Foreigners = Math.Max(10, records / 200);
        namesakes = CountNamesakes();
        Register = new CompanyRegister(this);
        var lists = new PublicLists(this);
        var tenders = new TenderNotices(this);
        intelligence = new PoliceIntelligence(this);
        var notes = new CouncilNotes(this);
        var stories = new Stories();

        var parts = new List<DemoPart>();
        void Add(Viewer owner, string source, string label, string grade, Action<DemoRecords> write) =>
            parts.Add(
                new DemoPart(
                    owner,
                    new ImportRequest(source, Label.Parse(label), "demo world", "Demo world") { Grade = grade, Complete = false },
                    to =>
                    {
                        write(to);
                        stories.Write(source, label, to);
                    }
                )
            );

        Add(Registrar, SourceNames.Register, "public", "", Register.Write);
        Add(Treasury, SourceNames.Sanctions, "public", "", lists.WriteSanctions);
        Add(Insolvency, SourceNames.Disqualified, "public", "", lists.WriteDisqualified);
        Add(Insolvency, SourceNames.Insolvency, "public", "", lists.WriteInsolvencies);
        Add(Procurement, SourceNames.Debarred, "public", "", lists.WriteDebarred);
        Add(Courts, SourceNames.Convictions, "official", "", lists.WriteConvictions);
        Add(Procurement, SourceNames.Tenders, "public", "", tenders.Write);
        Add(Police, SourceNames.Shared, "official", "1 reliable", intelligence.WriteShared);
        Add(Police, SourceNames.Intelligence, "official-sensitive;agencies=national-police", "2 untested", intelligence.WriteGeneral);
        Add(Police, SourceNames.Intelligence, "official-sensitive;agencies=national-police;compartments=nightjar", "1 reliable", intelligence.WriteNightjar);
        Add(Police, SourceNames.Intelligence, "official-sensitive;agencies=national-police;compartments=redstart", "2 untested", intelligence.WriteRedstart);
        foreach (var officer in Viewer.BuiltIn.Where(v => v.Agency.EndsWith("-council", StringComparison.Ordinal) && v.May(Power.BringIn)))
            Add(officer, SourceNames.Notes(officer), $"official;agencies={officer.Agency}", "", to => notes.Write(officer, to));
        Parts = parts;
    }

    public int Records { get; }

    public ulong Seed { get; }

    /// <summary>Companies on the register.</summary>
    public int Companies { get; }

    /// <summary>People who run or own companies.</summary>
    public int People { get; }

    /// <summary>People whom only the sanctions list and a few owners' chains know; their numbers come after those of the people.</summary>
    public int Foreigners { get; }

    public CompanyRegister Register { get; }

    /// <summary>Everything there is to import, in order.</summary>
    public IReadOnlyList<DemoPart> Parts { get; }

    public static Viewer Police => Viewer.BuiltIn.Single(v => v.ShortName == "analyst");

    public DemoPerson Person(int number) => new(Seed, number, foreign: number >= People);

    public DemoCompany Company(int number) => new(Seed, number, namesakes[number]);

    public Dice Dice(Dice.Stream stream, long subject) => new(Seed, stream, subject);

    /// <summary>What the analyst has decided: so many nominals in a compartment, and those of the stories.</summary>
    public IReadOnlyList<DemoDecision> Decisions(int nominals) =>
        [
            .. intelligence
                .NightjarPeople()
                .Take(nominals)
                .Select(n => new DemoDecision(
                    (SourceNames.Register, CompanyRegister.OfficerKey(n)),
                    (SourceNames.Intelligence, PoliceIntelligence.PersonKey(n)),
                    Verdict.Same,
                    "Identified by fingerprints in custody."
                )),
            new DemoDecision(
                (SourceNames.Register, "officer-990701"),
                (SourceNames.Intelligence, "NOM-9900001"),
                Verdict.Same,
                "Gave the company's address when stopped on 14 September."
            ),
        ];

    /// <summary>Which records are the same subject, by running the generator once more without an import.</summary>
    public DemoTruth Truth()
    {
        var truth = new DemoTruth();
        var to = new DemoRecords(Nowhere.Instance, Ontology.Default, truth);
        foreach (var part in Parts)
        {
            truth.Of(part.Owner.Agency, part.Request.SourceName);
            part.Write(to);
        }
        return truth;
    }

    private ushort[] CountNamesakes()
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var counts = new Dictionary<string, ushort>(StringComparer.OrdinalIgnoreCase);
        ushort[] before = new ushort[Companies];
        for (int number = 0; number < Companies; number++)
        {
            string plain = new DemoCompany(Seed, number, namesakes: 0).Stem;
            ushort count = counts.GetValueOrDefault(plain);
            while (!names.Add(new DemoCompany(Seed, number, count).Stem))
                count++;
            before[number] = count;
            counts[plain] = (ushort)(count + 1);
        }
        return before;
    }

    private static Viewer Agency(string name, string shown, string role, Classification clearance) =>
        new(name, shown, name, shown, role, clearance, []) { Roles = [Role.Contributor] };

    /// <summary>Takes everything and keeps nothing.</summary>
    private sealed class Nowhere : IRecordSink
    {
        public static Nowhere Instance { get; } = new();

        public void Begin(ReadOnlySpan<char> key, Schema schema) { }

        public void Add(Property property, ReadOnlySpan<char> value) { }

        public void AddUtf8(Property property, ReadOnlySpan<byte> value) { }

        public void End() { }

        public void Reject(Rejection rejection) { }
    }
}

/// <summary>What the analyst decided of two records.</summary>
internal sealed record DemoDecision((string Source, string Key) Left, (string Source, string Key) Right, Verdict Verdict, string Reason);

/// <summary>What the demo world's sources are called.</summary>
internal static class SourceNames
{
    public const string Register = "Register of Companies (fictional)";
    public const string Sanctions = "Sanctions List (fictional)";
    public const string Disqualified = "Disqualified Directors (fictional)";
    public const string Insolvency = "Insolvency Notices (fictional)";
    public const string Debarred = "Debarment List (fictional)";
    public const string Convictions = "Court Convictions as recorded (fictional)";
    public const string Tenders = "Public Tender Notices (fictional)";
    public const string Shared = "Intelligence shared with partners (fictional)";
    public const string Intelligence = "Police Intelligence (fictional)";

    public static string Notes(Viewer officer) => $"{officer.AgencyName}: own notes (fictional)";
}
