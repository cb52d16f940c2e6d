using Xunit;
using YamlDotNet.Serialization;

namespace FourStrands.Picture.Tests;

public sealed class OntologyTests
{
    private static readonly Ontology _ontology = Ontology.Default;

    // Every schema of FollowTheMoney 4.5 and the two that its predecessor had besides.
    private static readonly string[] _followTheMoney =
        "Address Airplane Analyzable Article Assessment Asset Associate Audio BankAccount Call CallForTenders Company Contract ContractAward CourtCase CourtCaseParty CryptoWallet Debt Directorship Document Documentation EconomicActivity Email Employment Event Family Folder HyperText Identification Image Interest Interval LegalEntity License Membership Mention Message Note Occupancy Organization Ownership Package Page Pages Passport Payment Person PlainText Position Post Project ProjectParticipant PublicBody RealEstate Representation Risk Sanction Security Similar Succession Table TaxRoll Thing Trip UnknownLink UserAccount Value Vehicle Vessel Video Workbook".Split(
            ' '
        );

    [Fact]
    public void Every_schema_of_FollowTheMoney_is_there() => Assert.All(_followTheMoney, name => Assert.True(_ontology.TryGet(name, out _)));

    [Theory]
    [InlineData("Phone")]
    [InlineData("Device")]
    [InlineData("Report")]
    [InlineData("Group")]
    [InlineData("Seizure")]
    [InlineData("Order")]
    [InlineData("Conviction")]
    [InlineData("Insolvency")]
    [InlineData("Use")]
    public void What_policing_needs_is_there(string name) => Assert.False(_ontology[name].IsAbstract);

    [Fact]
    public void Numbers_are_places_in_the_lists()
    {
        Assert.All(_ontology.Schemata, (schema, place) => Assert.Equal(place, schema.Number));
        Assert.All(_ontology.Properties, (property, place) => Assert.Equal(place, property.Number));
        Assert.Equal(_ontology.Schemata.Select(schema => schema.Name).Order(StringComparer.Ordinal), _ontology.Schemata.Select(schema => schema.Name));
    }

    [Fact]
    public void Every_property_has_what_its_type_asks_for()
    {
        foreach (var property in _ontology.Properties)
        {
            Assert.Equal(property.Type.IsEntity, property.Range is not null);
            Assert.Equal(property.Type.IsEntity, property.ReverseLabel is not null);
            Assert.NotEmpty(property.Label);
            Assert.Same(property, property.Schema[property.Name]);
        }
    }

    [Fact]
    public void Names_are_found_as_text_and_as_utf8()
    {
        foreach (var schema in _ontology.Schemata)
        {
            Assert.True(_ontology.TryGetUtf8(System.Text.Encoding.UTF8.GetBytes(schema.Name), out var found));
            Assert.Same(schema, found);
            foreach (var (name, property) in schema.Properties)
            {
                Assert.True(schema.TryGet(name, out var asText));
                Assert.True(schema.TryGetUtf8(System.Text.Encoding.UTF8.GetBytes(name), out var asBytes));
                Assert.Same(property, asText);
                Assert.Same(property, asBytes);
            }
        }
        Assert.False(_ontology.TryGet("person", out _));
        Assert.False(_ontology.TryGetUtf8("Persons"u8, out _));
        Assert.False(_ontology["Person"].TryGetUtf8("Name"u8, out _));
        Assert.Throws<KeyNotFoundException>(() => _ontology["Perso"]);
        Assert.Throws<KeyNotFoundException>(() => _ontology["Person"]["imoNumber"]);
    }

    [Fact]
    public void Kinds_inherit()
    {
        var company = _ontology["Company"];
        Assert.True(company.Is("Asset"));
        Assert.True(company.Is(_ontology["LegalEntity"]));
        Assert.True(company.Is("Company"));
        Assert.False(company.Is("Person"));
        Assert.False(_ontology["Thing"].Is(company));
        Assert.Equal("Thing:name", company["name"].QualifiedName);
        Assert.Equal("LegalEntity:registrationNumber", company["registrationNumber"].QualifiedName);
        Assert.True(_ontology["Group"].Is("Organization"));
    }

    [Fact]
    public void A_tie_says_what_it_ties()
    {
        var ownership = _ontology["Ownership"].Tie!;
        Assert.Equal("owner", ownership.Source.Name);
        Assert.Equal("asset", ownership.Target.Name);
        Assert.Equal(("owns", "is owned by", true), (ownership.Label, ownership.Reverse, ownership.Directed));
        Assert.Equal("percentage", Assert.Single(ownership.Shows).Name);
        Assert.False(_ontology["Family"].Tie!.Directed);
        Assert.Null(_ontology["Person"].Tie);
        Assert.All(_ontology.Schemata.Where(schema => schema.Tie is not null), schema => Assert.Equal(SubjectGroup.Tie, schema.Group));
    }

    [Fact]
    public void Pages_know_what_to_show()
    {
        var person = _ontology["Person"];
        Assert.Equal("People", person.Plural);
        Assert.Equal("name", person.Caption[0].Name);
        Assert.Equal(["name", "nationality", "birthDate"], person.Featured.Select(property => property.Name));
        Assert.True(person["birthDate"].IsFeatured);
        Assert.Equal(SubjectGroup.Person, person.Group);
        Assert.Equal(SubjectGroup.Organisation, _ontology["Company"].Group);
        Assert.Equal(SubjectGroup.Location, _ontology["Address"].Group);
        Assert.Equal(SubjectGroup.Event, _ontology["Sanction"].Group);
        Assert.Equal(SubjectGroup.Object, _ontology["Vehicle"].Group);
        Assert.Equal("Assets and shares", _ontology["Ownership"]["owner"].ReverseLabel);
    }

    [Fact]
    public void The_files_mean_to_any_YAML_reader_what_they_mean_to_ours()
    {
        var general = new DeserializerBuilder().Build();
        foreach (var (name, text) in OntologyFiles.Embedded("Schemas/").Concat(OntologyFiles.Embedded("Values/")))
            Same(general.Deserialize<object>(text), OrderedYaml.Parse(text, name), name);
    }

    [Theory]
    [InlineData("name Person", "line 1")]
    [InlineData("name: A\nextends: [B", "line 2")]
    [InlineData("name: \"A", "line 1")]
    public void A_broken_file_is_told_by_line(string text, string where) =>
        Assert.Contains(where, Assert.Throws<FormatException>(() => OrderedYaml.Parse(text, "A.yaml")).Message, StringComparison.Ordinal);

    private static void Same(object? expected, OrderedYaml actual, string where)
    {
        switch (expected)
        {
            case string scalar:
                Assert.Equal(scalar, actual.Scalar);
                break;
            case List<object> items:
                Assert.Equal(items, actual.Items!.Cast<object>());
                break;
            case Dictionary<object, object> nested:
                Assert.Equal(nested.Keys, actual.Children.Select(child => (object)child.Key));
                foreach (var (key, value) in nested)
                    Same(value, actual[(string)key]!, where);
                break;
            default:
                Assert.Fail($"{where}: {expected}");
                break;
        }
    }
}
