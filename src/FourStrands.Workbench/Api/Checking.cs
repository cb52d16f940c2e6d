using System.Globalization;
using System.Text.Json;
using FourStrands.Deter.Checks;
using FourStrands.Formats;
using FourStrands.Picture;
using FourStrands.Workbench.Jobs;
using FourStrands.Workbench.Pages.Checks;
using FourStrands.Workbench.Security;
using Microsoft.AspNetCore.Mvc;

namespace FourStrands.Workbench.Api;

/// <summary>Programs hand over lists of bidders and fetch what the check finds, with its explanation as the page has it.</summary>
internal static class Checking
{
    /// <summary>How deep a list of bidders stands in its request.</summary>
    private const int Deepest = 8;

    public static void MapChecking(this IEndpointRouteBuilder api)
    {
        api.MapPost("/checks", Begin).Needs(KeyScope.CheckBidders).WithMetadata(new RequestSizeLimitAttribute(NewModel.Largest), new WaitsForWork());
        api.MapGet("/checks/{id:id}", Result).Needs(KeyScope.CheckBidders).WithMetadata(new WaitsForWork());
    }

    private static async Task<IResult> Begin(HttpContext context, Gate gate, BidderChecks checks, CheckJobs jobs, WorkbenchOptions options)
    {
        var viewer = context.Viewer()!;
        if (!BidderChecks.MayStart(viewer))
            return Problems.NotAllowed(context);
        using var turn = jobs.Turn(viewer);
        if (turn is null)
            return Problems.Of(409, "Your last check is still being worked out. Wait until it is done.");
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        body.Position = 0;
        (CheckRequest Request, BidderList List) asked;
        try
        {
            asked = TypeOf(context.Request) switch
            {
                "application/json" => OfJson(body),
                "text/csv" or "text/plain" => (Asked(name => context.Request.Query[name]), BidderList.Read(body, "list.csv")),
                _ => throw new BadHttpRequestException("", StatusCodes.Status415UnsupportedMediaType),
            };
        }
        // The second: letters cut in half, which are found where the text is taken out.
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException)
        {
            return Problems.Of(400, $"This is not JSON as it is expected here, or lists stand more than {Deepest} deep in each other.");
        }
        catch (FormatException wrong)
        {
            return Problems.Of(400, wrong.Message);
        }
        Document document;
        try
        {
            document = checks.Start(gate.For(viewer), asked.Request, asked.List);
        }
        catch (ArgumentException refused)
        {
            // Without the name of the parameter, which is nobody's business.
            return Problems.Of(400, refused.Message.Split(" (Parameter")[0]);
        }
        return await Told(document, viewer, jobs, options, context, StatusCodes.Status202Accepted, asked.List.Rejections);
    }

    private static async Task<IResult> Result(RecordId id, HttpContext context, Gate gate, CheckJobs jobs, WorkbenchOptions options)
    {
        var viewer = context.Viewer()!;
        return gate.For(viewer).Read(id) is { Kind: BidderChecks.DocumentKind } document
            ? await Told(document, viewer, jobs, options, context, StatusCodes.Status200OK, [])
            : Results.NotFound();
    }

    private static async Task<IResult> Told(
        Document document,
        Viewer viewer,
        CheckJobs jobs,
        WorkbenchOptions options,
        HttpContext context,
        int status,
        IReadOnlyList<Rejection> rejections
    )
    {
        var job = jobs.For(viewer, document, context.Key()?.Id);
        var result = await job.Wait(options.WaitForWork, context.RequestAborted);
        bool isNew = status == StatusCodes.Status202Accepted;
        return JsonAnswer.Of(
            json =>
            {
                json.WriteStartObject();
                json.WriteString("id", document.Id.ToString());
                json.WriteString("state", result is null ? "working" : "done");
                if (isNew)
                {
                    json.WriteStartArray("rejections");
                    foreach (var rejection in rejections)
                        json.WriteRejection(rejection);
                    json.WriteEndArray();
                }
                else if (result is null)
                {
                    json.WriteNumber("done", job.Done);
                    json.WriteNumber("bidders", job.Bidders);
                }
                else
                {
                    json.WriteString("at", job.At);
                    json.WritePropertyName("result");
                    json.WriteRawValue(CheckJson.Write(result), skipInputValidation: true);
                }
                json.WriteEndObject();
            },
            status,
            isNew ? $"/api/v1/checks/{document.Id}" : null
        );
    }

    /// <summary>The kind of what was sent, without its encoding.</summary>
    private static string TypeOf(HttpRequest request) => (request.ContentType ?? "").Split(';')[0].Trim().ToLowerInvariant();

    private static (CheckRequest, BidderList) OfJson(Stream body)
    {
        using var sent = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = Deepest });
        var root = sent.RootElement;
        if (root.ValueKind != JsonValueKind.Object)
            throw new FormatException("Send an object with “title” and “bidders”.");
        foreach (var property in root.EnumerateObject())
        {
            if (property.Name is not ("title" or "reference" or "depth" or "reserved" or "bidders"))
                throw new FormatException("Known are “title”, “reference”, “depth”, “reserved” and “bidders”, and nothing else.");
        }
        var request = Asked(name =>
            !root.TryGetProperty(name, out var value)
                ? null
                : value.ValueKind switch
                {
                    JsonValueKind.String => value.GetString(),
                    JsonValueKind.Number => value.GetRawText(),
                    JsonValueKind.True => "true",
                    JsonValueKind.False => "false",
                    JsonValueKind.Null => null,
                    _ => throw new FormatException($"“{name}” is a single value."),
                }
        );
        return (root.TryGetProperty("bidders", out var bidders) ? bidders.ValueKind : JsonValueKind.Undefined) switch
        {
            JsonValueKind.Array => (request, BidderList.Items(bidders)),
            JsonValueKind.String => (request, BidderList.Typed(bidders.GetString()!)),
            _ => throw new FormatException("“bidders” is an array of names, or of objects with “name”, or the text of a list."),
        };
    }

    private static CheckRequest Asked(Func<string, string?> given)
    {
        string title = (given("title") ?? "").Trim(),
            reference = (given("reference") ?? "").Trim(),
            depth = given("depth") ?? "",
            reserved = given("reserved") ?? "";
        if (title.Length is 0 or > NewModel.LongestTitle)
            throw new FormatException($"Give the check a title, in at most {NewModel.LongestTitle} characters.");
        if (reference.Length > NewModel.LongestTitle)
            throw new FormatException($"Keep the tender reference to {NewModel.LongestTitle} characters.");
        int ties = CheckRequest.DefaultDepth;
        if (depth.Length > 0 && !(int.TryParse(depth, NumberStyles.None, CultureInfo.InvariantCulture, out ties) && ties is >= 1 and <= CheckRequest.MaxDepth))
            throw new FormatException($"Choose how many ties to follow: 1 to {CheckRequest.MaxDepth}.");
        if (reserved is not ("" or "true" or "false"))
            throw new FormatException("“reserved” is true or false.");
        return new CheckRequest(title)
        {
            TenderReference = reference,
            Depth = ties,
            ReservedArrangement = reserved == "true",
        };
    }
}
