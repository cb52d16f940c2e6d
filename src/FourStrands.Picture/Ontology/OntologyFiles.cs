namespace FourStrands.Picture;

/// <summary>Builds the ontology from its files, and says what is wrong with them where something is.</summary>
internal static class OntologyFiles
{
    /// <summary>The embedded files of a folder, by name: file name and text.</summary>
    public static IReadOnlyList<(string Name, string Text)> Embedded(string folder)
    {
        var assembly = typeof(Ontology).Assembly;
        var files = new List<(string, string)>();
        foreach (var resource in assembly.GetManifestResourceNames())
        {
            if (!resource.StartsWith(folder, StringComparison.Ordinal))
                continue;
            using var stream = assembly.GetManifestResourceStream(resource)!;
            using var reader = new StreamReader(stream);
            files.Add((resource[folder.Length..], reader.ReadToEnd()));
        }
        return files;
    }

    public static Ontology Load(IReadOnlyList<(string Name, string Text)> files)
    {
        var written = files.Select(file => OrderedYaml.Parse(file.Text, file.Name)).OrderBy(file => file.Text("name"), StringComparer.Ordinal).ToArray();
        var schemata = written.Select(file => new Schema(file.Text("name"))).ToArray();
        var byName = schemata.ToDictionary(schema => schema.Name);
        var own = new Dictionary<Schema, List<Property>>();
        var all = new List<Property>();
        for (var number = 0; number < schemata.Length; number++)
        {
            var (schema, file) = (schemata[number], written[number]);
            schema.Number = number;
            schema.Label = file.Text("label");
            schema.Plural = file.Text("plural");
            schema.About = file.OptionalText("about") ?? "";
            schema.IsAbstract = file.Flag("abstract");
            schema.IsMatchable = file.Flag("matchable");
            schema.Group = Enum.Parse<SubjectGroup>(file.Text("group"), ignoreCase: true);
            schema.Extends = [.. file.List("extends").Select(name => Known(byName, name, schema))];
            own[schema] = OwnProperties(schema, file, byName);
            foreach (var property in own[schema])
            {
                property.Number = checked((ushort)all.Count);
                all.Add(property);
            }
        }
        foreach (var schema in schemata)
            CloseOver(schema, own);
        for (var number = 0; number < schemata.Length; number++)
            Resolve(schemata[number], written);
        return new Ontology(schemata, all);
    }

    private static List<Property> OwnProperties(Schema schema, OrderedYaml file, Dictionary<string, Schema> byName)
    {
        var properties = new List<Property>();
        foreach (var (name, said) in file["properties"]?.Children ?? [])
        {
            var type = PropertyType.Named(said.Text("type")) ?? throw new FormatException($"{schema.Name}:{name} has the unknown type “{said.Text("type")}”.");
            properties.Add(
                new Property(schema, name, said.Text("label"), type)
                {
                    Range = said.OptionalText("range") is { } range ? Known(byName, range, schema) : null,
                    ReverseLabel = said.OptionalText("reverse"),
                    Format = said.OptionalText("format"),
                    IsHidden = said.Flag("hidden"),
                }
            );
        }
        properties.Sort((left, right) => string.CompareOrdinal(left.Name, right.Name));
        return properties;
    }

    private static void CloseOver(Schema schema, Dictionary<Schema, List<Property>> own)
    {
        var kinds = new List<Schema>();
        var waiting = new Queue<Schema>([schema]);
        while (waiting.TryDequeue(out var kind))
        {
            if (kinds.Contains(kind))
                continue;
            kinds.Add(kind);
            foreach (var wider in kind.Extends)
                waiting.Enqueue(wider);
        }
        var properties = new Dictionary<string, Property>();
        foreach (var kind in kinds)
        {
            foreach (var property in own[kind])
                properties.TryAdd(property.Name, property);
        }
        schema.Close(kinds, properties);
    }

    private static void Resolve(Schema schema, OrderedYaml[] all)
    {
        schema.Featured = Inherited("featured");
        schema.Caption = Inherited("caption");
        schema.Required = Inherited("required");
        schema.Start = Inherited("start");
        schema.End = Inherited("end");
        foreach (var property in schema.Featured)
            property.IsFeatured = true;
        if (schema.Kinds.Select(kind => all[kind.Number]["tie"]).FirstOrDefault(said => said is not null) is { } tie)
        {
            schema.Tie = new Tie(schema[tie.Text("source")], schema[tie.Text("target")], tie.Text("says"), tie.Text("reverse"), tie.Flag("directed"))
            {
                Shows = [.. tie.List("shows").Select(name => schema[name])],
            };
        }

        // What a kind does not say for itself, the nearest kind it extends says for it.
        Property[] Inherited(string key)
        {
            foreach (var kind in schema.Kinds)
            {
                if (all[kind.Number].List(key) is { Count: > 0 } names)
                    return [.. names.Select(name => schema[name])];
            }
            return [];
        }
    }

    private static Schema Known(Dictionary<string, Schema> byName, string name, Schema from) =>
        byName.TryGetValue(name, out var schema) ? schema : throw new FormatException($"{from.Name} refers to the unknown schema “{name}”.");
}
