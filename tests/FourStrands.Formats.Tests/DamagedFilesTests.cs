using System.Globalization;
using System.Text;
using Xunit;

namespace FourStrands.Formats.Tests;

/// <summary>
/// Small samples of every format, damaged at random from a seed: bytes changed, and lines and fields left out, repeated, exchanged, blown up. Whatever
/// comes of it, reading must end in order: no exception, no broken rule of the sink, no value in a wrong form, no memory out of proportion.
/// FUZZ_ITERATIONS sets how many there are, FUZZ_SEED where they start; docs/formats.md has the command for a long run.
/// </summary>
public sealed class DamagedFilesTests
{
    private static readonly int _times = Setting("FUZZ_ITERATIONS", 3_000);
    private static readonly int _seed = Setting("FUZZ_SEED", 20261122);

    // Far more than reading any of these small files needs, far less than does harm.
    private const long MostMemory = 100_000_000;

    private const string Mapping = """
        delimiter: ","
        records:
          applicant:
            schema: Person
            prefix: p
            key: [Ref]
            properties:
              name: [First, Last]
              birthDate: { column: DOB, date: day-month-year }
              phone: { column: Telephone, split: ";" }
              country: { value: gb }
          company:
            schema: Company
            key: [Company no]
            properties:
              name: Company
        ties:
          - schema: Directorship
            source: applicant
            target: company
            properties:
              startDate: { column: Since, date: day-month-name }
        ignore: [Row]
        """;

    private static byte[] Table { get; } =
        "Row,Ref,First,Last,DOB,Telephone,Company no,Company,Since,Remarks\n1,T-17,Ann,Bell,03/04/1970,0131 496 0000; 07700 900123,SC1,\"Bell, Ltd\",1 Feb 2020,New\n2,T-18,Bob,Hay,,,,,,\n"u8.ToArray();

    private static readonly byte[][] _samples = Samples();

    private static readonly ReadOptions _options = new()
    {
        MaxLineBytes = 100_000,
        MaxValueBytes = 10_000,
        ExpansionFreeBytes = 100_000,
        MaxUnpackedBytes = 10_000_000,
    };

    private static readonly byte[] _awkward = "\"'{}[]<>,;\n\r\t\0\\/&=-@(): 09azPK\u001f"u8.ToArray();

    [Fact]
    public void Every_sample_is_read_without_a_rejection()
    {
        var formats = new List<string?>();
        foreach (var sample in _samples)
        {
            var sink = new CollectedRecords();
            using var content = new MemoryStream(sample);
            formats.Add(ImportFile.Read(content, sink, cancellation: TestContext.Current.CancellationToken).Files[0].Format);
            Assert.Empty(sink.Rejections);
            Assert.NotEmpty(sink.Records);
        }
        Assert.Equal(FormatReaders.All.Select(reader => reader.Name).Order(StringComparer.Ordinal), formats.Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void No_damage_makes_reading_fail()
    {
        var rejected = 0;
        for (var number = 0; number < _times; number++)
        {
            var random = new Random(HashCode(number));
            var content = DamagedSample(random, most: 6);
            rejected += Read(content, _options, number) > 0 ? 1 : 0;
        }
        // Damage that is never noticed would mean that none was done.
        Assert.True(rejected > _times / 4, $"{rejected} of {_times}");
    }

    [Fact]
    public void No_damage_makes_a_chosen_reader_fail()
    {
        for (var number = 0; number < _times; number++)
        {
            var random = new Random(HashCode(number) + 1);
            var reader = FormatReaders.All[random.Next(FormatReaders.All.Count)];
            var options = new ReadOptions
            {
                Format = reader.Name,
                MaxLineBytes = 100_000,
                MaxValueBytes = 10_000,
                MaxUnpackedBytes = 10_000_000,
            };
            Read(DamagedSample(random, most: 3), options, number);
        }
    }

    [Fact]
    public void No_damage_makes_a_mapped_table_fail()
    {
        var mapping = TableMapping.Parse(Mapping);
        var options = new ReadOptions
        {
            Mapping = mapping,
            MaxLineBytes = 100_000,
            MaxValueBytes = 10_000,
            MaxUnpackedBytes = 10_000_000,
        };
        Assert.Equal(0, Read(Table, options, -1));
        for (var number = 0; number < _times; number++)
        {
            var random = new Random(HashCode(number) + 2);
            // Mostly its own table, at times somebody else's.
            var content = random.Next(5) == 0 ? _samples[random.Next(_samples.Length)] : Table;
            Read(Damaged(content, random, most: 5), options, number);
        }
    }

    [Fact]
    public void No_damage_makes_a_mapping_fail_but_with_its_own_message()
    {
        for (var number = 0; number < _times / 3; number++)
        {
            var text = Encoding.UTF8.GetString(Damaged(Encoding.UTF8.GetBytes(Mapping), new Random(HashCode(number) + 3), most: 3));
            try
            {
                TableMapping.Parse(text);
            }
            catch (FormatException told)
            {
                Assert.StartsWith("The mapping is ", told.Message, StringComparison.Ordinal);
            }
            catch (Exception failure)
            {
                throw new InvalidOperationException($"Number {number} of seed {_seed}: {text}", failure);
            }
        }
    }

    private static int HashCode(int number) => unchecked((number * 7919) + _seed);

    private static int Read(byte[] content, ReadOptions options, int number)
    {
        try
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var rejected = Reading.Bytes(content, options).Rejections.Count;
            var used = GC.GetAllocatedBytesForCurrentThread() - before;
            return used < MostMemory ? rejected : throw new InvalidOperationException($"{used:N0} bytes");
        }
        catch (Exception failure)
        {
            throw new InvalidOperationException($"Number {number} of seed {_seed}: {Convert.ToBase64String(content)}", failure);
        }
    }

    private static byte[] DamagedSample(Random random, int most) => Damaged(_samples[random.Next(_samples.Length)], random, most);

    private static byte[] Damaged(byte[] content, Random random, int most)
    {
        for (var times = random.Next(1, most + 1); times > 0; times--)
        {
            content = random.Next(3) switch
            {
                0 => DamagedPart(content, random, "\n"u8),
                1 => DamagedPart(content, random, [",\"<;:"u8[random.Next(5)]]),
                _ => Damaged(content, (random.Next(6), random.Next(100_000), random.Next(256))),
            };
        }
        return content;
    }

    // What lies between two marks, a line or a field: left out, repeated, exchanged with another, made very long, or taken from another file.
    private static byte[] DamagedPart(byte[] content, Random random, ReadOnlySpan<byte> mark)
    {
        var (start, end) = Part(content, random, mark);
        var part = content[start..end];
        var (otherStart, otherEnd) = Part(content, random, mark);
        switch (random.Next(6))
        {
            case 0:
                return [.. content[..start], .. content[end..]];
            case 1:
                return [.. content[..end], .. mark, .. part, .. content[end..]];
            case 2 when end <= otherStart:
                return [.. content[..start], .. content[otherStart..otherEnd], .. content[end..otherStart], .. part, .. content[otherEnd..]];
            case 3:
                return
                [
                    .. content[..start],
                    .. Enumerable.Repeat(part, random.Next(1, 3_000 / (part.Length + 1) + 2)).SelectMany(bytes => bytes),
                    .. content[end..],
                ];
            case 4:
                return [.. content[..start], .. Enumerable.Repeat((byte)'x', random.Next(20_000)), .. content[end..]];
            default:
                var other = _samples[random.Next(_samples.Length)];
                var (from, to) = Part(other, random, mark);
                return [.. content[..start], .. other[from..to], .. content[end..]];
        }
    }

    private static (int Start, int End) Part(byte[] content, Random random, ReadOnlySpan<byte> mark)
    {
        var place = random.Next(content.Length + 1);
        var before = content.AsSpan(0, place).LastIndexOf(mark);
        var behind = content.AsSpan(place).IndexOf(mark);
        return (before < 0 ? 0 : before + mark.Length, behind < 0 ? content.Length : place + behind);
    }

    private static byte[] Damaged(byte[] content, (int Kind, int Place, int Value) damage)
    {
        if (content.Length == 0)
            return content;
        var place = damage.Place % content.Length;
        var length = Math.Min(content.Length - place, 1 + (damage.Value % 40));
        return damage.Kind switch
        {
            0 => [.. content[..place], (byte)damage.Value, .. content[(place + 1)..]],
            1 => [.. content[..place], _awkward[damage.Value % _awkward.Length], .. content[place..]],
            2 => [.. content[..place], .. content[(place + length)..]],
            3 => content[..place],
            4 => [.. content[..(place + length)], .. content[place..]],
            _ => [.. content[..place], .. Enumerable.Repeat(_awkward[damage.Value % _awkward.Length], damage.Place % 2_000), .. content[place..]],
        };
    }

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : otherwise;

    private static byte[][] Samples()
    {
        const string Entities = """
            {"id":"a","caption":"Ann","schema":"Person","properties":{"name":["Ann \"A\" Bell","Zoë"],"birthDate":["1970-02-03"],"country":["gb"],"email":["a@b.org"],"phone":["+442079460958"],"topics":["sanction"]}}
            {"properties":{"owner":["a"],"asset":[{"id":"c","schema":"Company","properties":{"name":["C"]}}],"percentage":[75]},"schema":"Ownership","id":"b"}

            """;
        string[] texts =
        [
            Entities,
            "[\n" + Entities.Trim().Replace("}}\n", "}},\n", StringComparison.Ordinal) + "\n]",
            "canonical_id,entity_id,prop,prop_type,schema,value,dataset\na,a,name,name,Person,\"Bell, Ann\",d\na,a,birthDate,date,Person,1970-02-03,d\n",
            """
                {"company_number":"SC000001","data":{"kind":"individual-person-with-significant-control","name":"Ms Ann Bell","name_elements":{"forename":"Ann","surname":"Bell"},"date_of_birth":{"month":2,"year":1970},"nationality":"British,Irish","address":{"premises":"1","address_line_1":"High St","postal_code":"EH1 1AA"},"natures_of_control":["ownership-of-shares-25-to-50-percent"],"notified_on":"2016-04-06","ceased_on":"2020-01-01","links":{"self":"/company/SC000001/x/abc"}}}
                {"company_number":"SC000001","data":{"kind":"corporate-entity-person-with-significant-control","name":"B Ltd","identification":{"registration_number":"SC2","country_registered":"Scotland"}}}
                {"company_number":"SC000001","data":{"kind":"persons-with-significant-control-statement","statement":"psc-exists-but-not-identified","linked_psc_name":"A"}}
                {"company_number":"SC000001","data":{"kind":"exemptions","exemptions":{"a_b":{"items":[{"exempt_from":"2016-04-06"}]}}}}
                {"data":{"kind":"totals#persons-of-significant-control-snapshot"}}
                """,
            """{"forename":"Ann","surname":"Bell","date_of_birth":"1970-02-03","links":{"self":"/disqualified-officers/natural/x"},"disqualifications":[{"address":{"premise":"1","locality":"Leith"},"company_names":["A LTD"],"disqualified_from":"2022-04-05","disqualified_until":"2025-04-05","reason":{"act":"a-b","section":"7"}}]}""",
            "CompanyName, CompanyNumber,RegAddress.AddressLine1,RegAddress.PostCode,CompanyStatus,IncorporationDate\n\"A \"\"B\"\" LTD\",\"SC000001\",\"1 High St\",\"EH1 1AA\",\"Liquidation\",\"01/02/2003\"\n",
            "<?xml version=\"1.0\"?><CONSOLIDATED_LIST><INDIVIDUALS><INDIVIDUAL><DATAID>1</DATAID><FIRST_NAME>ANN</FIRST_NAME><SECOND_NAME>BELL</SECOND_NAME><REFERENCE_NUMBER>CDi.001</REFERENCE_NUMBER><NATIONALITY><VALUE>Iran</VALUE></NATIONALITY><INDIVIDUAL_ALIAS><QUALITY>Low</QUALITY><ALIAS_NAME>A &amp; B</ALIAS_NAME></INDIVIDUAL_ALIAS><INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>BETWEEN</TYPE_OF_DATE><FROM_YEAR>1960</FROM_YEAR><TO_YEAR>1962</TO_YEAR></INDIVIDUAL_DATE_OF_BIRTH><INDIVIDUAL_DOCUMENT><TYPE_OF_DOCUMENT>Passport</TYPE_OF_DOCUMENT><NUMBER>A1</NUMBER></INDIVIDUAL_DOCUMENT></INDIVIDUAL></INDIVIDUALS></CONSOLIDATED_LIST>",
            "Last Updated,02/04/2014\nName 6,Name 1,Title,DOB,Town of Birth,Passport Details,Address 1,Address 6,Country,Other Information,Group Type,Alias Type,Regime,Listed On,Group ID\nBELL,Ann,Dr,00/00/1955,(1) Leith (2)-(3) Ayr,G827238 (Tunisian). Issued,1 High St,Leith,UK,\"UN Ref QI.A.86.03. Said, so\",Individual,Prime Alias,Iran,23/04/2013,12871\n",
            "Report\nUnique ID,Name 6,Name 1,Name type,Designation Type,Regime Name,D.O.B,Year Built\nRUS1,BELL,Ann,Primary Name,Individual,Russia,dd/mm/1962,\nRUS2,ANN,,Primary Name,Ship,Russia,,1999\n",
            "306,\"BELL, Ann\",\"individual\",\"CUBA] [SDGT\",\"Director\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,\"DOB 14 Jun 1975; alt. DOB circa 1962; POB Leith; Passport A1 (Iran) issued 01 Feb 2001; Tax ID No. 5 (Russia); Linked To: X; a.k.a. 'B'; Digital Currency Address - XBT 34wK.\"\n307,\"X\",-0- ,\"CUBA\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \n",
            "306,199,\"1 High St\",\"Leith\",\"United Kingdom\",-0- \n306,200,-0- ,-0- ,\"Iran\",-0- \n",
            "306,12,\"aka\",\"BELL \"\"B\"\"\",-0- \n306,13,\"fka\",\"BELLE\",\"was\"\n",
            "306,\"arts; Linked To: X; Passport A1 (Iran); Effective Date (EO 1 Directive 3): 26 Mar 2022.\"\n",
        ];
        var plain = texts.Select(Encoding.UTF8.GetBytes).ToArray();
        return [.. plain, Packed.Gzip(plain[0]), Packed.Zip(true, ("a.csv", plain[9]), ("b.csv", plain[10])), Encoding.Unicode.GetBytes(texts[7])];
    }
}
