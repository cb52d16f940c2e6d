namespace FourStrands.Linkage;

internal ref partial struct Weighing
{
    /// <summary>A number that says this much is one subject's alone, and sets doubts aside.</summary>
    private const int Strong = 12500;

    private const int LongestNumber = 40;
    private const string DifferentNumbers = "different numbers are of two until a person says otherwise";

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

        if (best[(int)Field.Email] > 0)
            householdMost = householdMostEmail;
        var fieldsLeft = Fields(a);
        var fieldsRight = Fields(b);
        for (var f = 0; f < 32; f++)
        {
            var field = (Field)f;
            if (best[f] > 0)
            {
                var bits = field is Field.Phone or Field.Email or Field.Website or Field.Postcode ? OfHousehold(best[f]) : best[f];
                Add(
                    field,
                    bits,
                    bits == best[f] ? "the same"
                        : organisation ? "the same, but an office shares it"
                        : "the same, but a household shares it",
                    leftValue[f],
                    rightValue[f]
                );
                strong |= bits >= Strong;
                supported = true;
                reached |= field is Field.Email or > Field.Website;
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
        var personal = field is Field.Passport or Field.NationalIdentifier or Field.TaxNumber;
        if (personal && !organisation && NoCountryInCommon())
            return;
        if (personal && Slip(field, a, b, out var slipA, out var slipB))
        {
            Add(field, Math.Max(bits, Weights.NumberSlip), "nearly the same: a slip of the pen, or of one family", slipA, slipB);
            return;
        }

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
                if (personal && !organisation && (left.Countries.Length == 0 || right.Countries.Length == 0))
                    unsureNumber = field;
                else if (field != Field.Postcode)
                    Doubt(field, DifferentNumbers);
                return;
            }
        }
    }

    /// <summary>Whether any two numbers differ by no more than a slip.</summary>
    private readonly bool Slip(Field field, ReadOnlySpan<PreparedIdentifier> a, ReadOnlySpan<PreparedIdentifier> b, out int leftValue, out int rightValue)
    {
        Span<byte> x = stackalloc byte[LongestNumber];
        Span<byte> y = stackalloc byte[LongestNumber];
        var best = int.MaxValue;
        leftValue = rightValue = -1;
        var lefts = 0;
        foreach (var i in a)
        {
            if (i.Field != field || lefts++ >= MostRepeats)
                continue;
            var n = Plain(left.WrittenBytes(i.Value), x);
            var rights = 0;
            foreach (var j in b)
            {
                if (j.Field != field || rights++ >= MostRepeats)
                    continue;
                var m = Plain(right.WrittenBytes(j.Value), y);
                if (Math.Min(n, m) < 6 || EditDistance.Between(x[..n], y[..m]) is var edits && edits > Math.Min(n, m) / 5)
                    continue;
                if (edits < best)
                    (best, leftValue, rightValue) = (edits, i.Value, j.Value);
            }
        }

        return leftValue >= 0;
    }

    private static int Plain(ReadOnlySpan<byte> written, Span<byte> into)
    {
        var n = 0;
        foreach (var c in written)
        {
            if (n < into.Length && char.IsAsciiLetterOrDigit((char)c))
                into[n++] = (byte)(c is >= (byte)'a' and <= (byte)'z' ? c & 0xDF : c);
        }

        return n;
    }
}
