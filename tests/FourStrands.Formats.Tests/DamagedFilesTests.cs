using System.Globalization;
using System.IO.Compression;
using System.Text;
using Xunit;

namespace FourStrands.Formats.Tests;

/// <summary>
/// Small samples of every format, damaged at random from a seed. Whatever comes of it, reading must end in order: no exception, no
/// broken rule of the sink, no value in a wrong form. FUZZ_ITERATIONS sets how many there are, FUZZ_SEED where they start.
/// </summary>
public sealed class DamagedFilesTests
{
    private static readonly int _times = Setting("FUZZ_ITERATIONS", 3_000);
    private static readonly int _seed = Setting("FUZZ_SEED", 20261122);

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
        for (var number = 0; number < _times / 3; number++)
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

    private static int HashCode(int number) => unchecked((number * 7919) + _seed);

    private static int Read(byte[] content, ReadOptions options, int number)
    {
        try
        {
            return Reading.Bytes(content, options).Rejections.Count;
        }
        catch (Exception failure)
        {
            throw new InvalidOperationException($"Number {number} of seed {_seed}: {Convert.ToBase64String(content)}", failure);
        }
    }

    private static byte[] DamagedSample(Random random, int most)
    {
        var content = _samples[random.Next(_samples.Length)];
        for (var times = random.Next(1, most + 1); times > 0; times--)
            content = Damaged(content, (random.Next(6), random.Next(100_000), random.Next(256)));
        return content;
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
            {"properties":{"owner":["a"],"asset":["c"],"percentage":[75]},"schema":"Ownership","id":"b"}

            """;
        string[] texts =
        [
            Entities,
            "[\n" + Entities.Trim().Replace("}}\n", "}},\n", StringComparison.Ordinal) + "\n]",
            "canonical_id,entity_id,prop,prop_type,schema,value,dataset\na,a,name,name,Person,\"Bell, Ann\",d\na,a,birthDate,date,Person,1970-02-03,d\n",
            """
                {"company_number":"SC000001","data":{"kind":"individual-person-with-significant-control","name":"Ms Ann Bell","name_elements":{"forename":"Ann","surname":"Bell"},"date_of_birth":{"month":2,"year":1970},"nationality":"British,Irish","address":{"premises":"1","address_line_1":"High St","postal_code":"EH1 1AA"},"natures_of_control":["ownership-of-shares-25-to-50-percent"],"notified_on":"2016-04-06","ceased_on":"2020-01-01","links":{"self":"/company/SC000001/x/abc"}}}
                {"company_number":"SC000001","data":{"kind":"corporate-entity-person-with-significant-control","name":"B Ltd","identification":{"registration_number":"SC2","country_registered":"Scotland"}}}
                {"data":{"kind":"totals#persons-of-significant-control-snapshot"}}
                """,
            """{"forename":"Ann","surname":"Bell","date_of_birth":"1970-02-03","links":{"self":"/disqualified-officers/natural/x"},"disqualifications":[{"address":{"premise":"1","locality":"Leith"},"company_names":["A LTD"],"disqualified_from":"2022-04-05","disqualified_until":"2025-04-05","reason":{"act":"a-b","section":"7"}}]}""",
            "CompanyName, CompanyNumber,RegAddress.AddressLine1,RegAddress.PostCode,CompanyStatus,IncorporationDate\n\"A \"\"B\"\" LTD\",\"SC000001\",\"1 High St\",\"EH1 1AA\",\"Liquidation\",\"01/02/2003\"\n",
            "<?xml version=\"1.0\"?><CONSOLIDATED_LIST><INDIVIDUALS><INDIVIDUAL><DATAID>1</DATAID><FIRST_NAME>ANN</FIRST_NAME><SECOND_NAME>BELL</SECOND_NAME><REFERENCE_NUMBER>CDi.001</REFERENCE_NUMBER><NATIONALITY><VALUE>Iran</VALUE></NATIONALITY><INDIVIDUAL_ALIAS><QUALITY>Low</QUALITY><ALIAS_NAME>A &amp; B</ALIAS_NAME></INDIVIDUAL_ALIAS><INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>BETWEEN</TYPE_OF_DATE><FROM_YEAR>1960</FROM_YEAR><TO_YEAR>1962</TO_YEAR></INDIVIDUAL_DATE_OF_BIRTH><INDIVIDUAL_DOCUMENT><TYPE_OF_DOCUMENT>Passport</TYPE_OF_DOCUMENT><NUMBER>A1</NUMBER></INDIVIDUAL_DOCUMENT></INDIVIDUAL></INDIVIDUALS></CONSOLIDATED_LIST>",
            "Last Updated,02/04/2014\nName 6,Name 1,Title,DOB,Town of Birth,Passport Details,Address 1,Address 6,Country,Other Information,Group Type,Alias Type,Regime,Listed On,Group ID\nBELL,Ann,Dr,00/00/1955,(1) Leith (2)-(3) Ayr,G827238 (Tunisian). Issued,1 High St,Leith,UK,\"UN Ref QI.A.86.03. Said, so\",Individual,Prime Alias,Iran,23/04/2013,12871\n",
            "Report\nUnique ID,Name 6,Name 1,Name type,Designation Type,Regime Name,D.O.B\nRUS1,BELL,Ann,Primary Name,Individual,Russia,dd/mm/1962\n",
            "306,\"BELL, Ann\",\"individual\",\"CUBA] [SDGT\",\"Director\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,\"DOB 14 Jun 1975; alt. DOB circa 1962; POB Leith; Passport A1 (Iran) issued 01 Feb 2001; Tax ID No. 5 (Russia); Linked To: X; a.k.a. 'B'; Digital Currency Address - XBT 34wK.\"\n307,\"X\",-0- ,\"CUBA\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \n",
            "306,199,\"1 High St\",\"Leith\",\"United Kingdom\",-0- \n306,200,-0- ,-0- ,\"Iran\",-0- \n",
            "306,12,\"aka\",\"BELL \"\"B\"\"\",-0- \n306,13,\"fka\",\"BELLE\",\"was\"\n",
            "306,\"arts; Linked To: X; Passport A1 (Iran); Effective Date (EO 1 Directive 3): 26 Mar 2022.\"\n",
        ];
        var plain = texts.Select(Encoding.UTF8.GetBytes).ToArray();
        return [.. plain, Gzipped(plain[0]), Zipped(plain[9], plain[10])];
    }

    private static byte[] Gzipped(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
            gzip.Write(content);
        return packed.ToArray();
    }

    private static byte[] Zipped(params byte[][] files)
    {
        using var packed = new MemoryStream();
        using (var archive = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
        {
            for (var file = 0; file < files.Length; file++)
            {
                using var content = archive.CreateEntry($"{file}.csv").Open();
                content.Write(files[file]);
            }
        }
        return packed.ToArray();
    }
}
