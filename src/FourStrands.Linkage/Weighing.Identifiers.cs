namespace FourStrands.Linkage;

internal ref partial struct Weighing
{
    /// <summary>Walks both sorted lists once for what agrees; then says what disagrees.</summary>
    private void Identifiers()
    {
        ReadOnlySpan<PreparedIdentifier> a = left.Identifiers,
            b = right.Identifiers;
        if (a.Length == 0 || b.Length == 0)
            return;

        // The best agreement of each field, by field number; never more than one agreement a field.
        Span<int> best = stackalloc int[32];
        Span<int> leftValue = stackalloc int[32];
        Span<int> rightValue = stackalloc int[32];
        best.Clear();
        int i = 0,
            j = 0;
        while (i < a.Length && j < b.Length)
        {
            if (a[i].Hash < b[j].Hash)
            {
                i++;
                continue;
            }

            if (a[i].Hash > b[j].Hash)
            {
                j++;
                continue;
            }

            // All pairs among the few that share this hash.
            for (var k = j; k < b.Length && b[k].Hash == a[i].Hash; k++)
            {
                var bits = Agreement(a[i], b[k], out var field);
                if (bits > best[(int)field])
                    (best[(int)field], leftValue[(int)field], rightValue[(int)field]) = (bits, a[i].Value, b[k].Value);
            }

            i++;
        }

        var fieldsLeft = Fields(a);
        var fieldsRight = Fields(b);
        for (var f = 0; f < 32; f++)
        {
            var field = (Field)f;
            if (best[f] > 0)
            {
                var bits = field is Field.Phone or Field.Postcode && !organisation ? OfHousehold(best[f]) : best[f];
                Add(field, bits, bits < best[f] ? "the same, but a household shares it" : "the same", leftValue[f], rightValue[f]);
            }
            else if ((fieldsLeft & fieldsRight & (1u << f)) != 0)
            {
                Disagreement(field, a, b);
            }
        }
    }

    private static uint Fields(ReadOnlySpan<PreparedIdentifier> identifiers)
    {
        uint fields = 0;
        foreach (var identifier in identifiers)
            fields |= 1u << (int)identifier.Field;
        return fields;
    }

    private static int Agreement(in PreparedIdentifier a, in PreparedIdentifier b, out Field field)
    {
        field = a.Field;
        if (a.Field != b.Field)
        {
            // A number that one source files under another heading.
            field = Field.Identifier;
            return Numbered(a.Field) && Numbered(b.Field) && (a.Field == Field.Identifier || b.Field == Field.Identifier) ? Weights.IdentifierSame : 0;
        }

        return field switch
        {
            Field.RegistrationNumber => a.Country != 0 && a.Country == b.Country ? Weights.RegistrationSame
            : a.Country == 0 || b.Country == 0 ? Weights.RegistrationSameNumber
            : 0,
            Field.Lei => Weights.LeiSame,
            Field.VesselNumber => a.Country != 0 ? Weights.ImoSame : Weights.VesselNumberSame,
            Field.Passport => Weights.PassportSame,
            Field.NationalIdentifier => Weights.NationalSame,
            Field.TaxNumber => Weights.TaxSame,
            Field.Iban => Weights.IbanSame,
            Field.Phone => Weights.PhoneSame,
            Field.Email => Weights.EmailSame,
            Field.Website => Weights.WebsiteSame,
            Field.Postcode => Weights.PostcodeSame,
            _ => Weights.IdentifierSame,
        };
    }

    private static bool Numbered(Field field) =>
        field
            is Field.RegistrationNumber
                or Field.TaxNumber
                or Field.Passport
                or Field.NationalIdentifier
                or Field.Lei
                or Field.VesselNumber
                or Field.Identifier;

    private void Disagreement(Field field, ReadOnlySpan<PreparedIdentifier> a, ReadOnlySpan<PreparedIdentifier> b)
    {
        var bits = field switch
        {
            Field.RegistrationNumber => Weights.RegistrationApart,
            Field.Lei => Weights.LeiApart,
            Field.VesselNumber => Weights.ImoApart,
            Field.Passport => Weights.PassportApart,
            Field.NationalIdentifier => Weights.NationalApart,
            Field.TaxNumber => Weights.TaxApart,
            Field.Postcode => Weights.PostcodeApart,
            _ => 0,
        };
        if (bits == 0)
            return;
        foreach (var x in a)
        {
            if (x.Field != field)
                continue;
            foreach (var y in b)
            {
                if (y.Field != field)
                    continue;

                // Registers of companies and of ships give each one number; other countries' numbers say nothing.
                if (field is Field.RegistrationNumber or Field.VesselNumber && (x.Country == 0 || x.Country != y.Country))
                    continue;
                Add(field, bits, field == Field.RegistrationNumber ? "different numbers in one country's register" : "different", x.Value, y.Value);
                return;
            }
        }
    }
}
