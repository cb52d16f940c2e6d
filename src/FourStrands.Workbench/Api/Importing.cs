using System.Text.Json;
using FourStrands.Formats;
using FourStrands.Picture;
using FourStrands.Workbench.Jobs;
using FourStrands.Workbench.Pages;
using FourStrands.Workbench.Security;
using FourStrands.Workbench.Showing;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace FourStrands.Workbench.Api;

/// <summary>Programs bring files in, with the questions of the page: into which source, under which label, whether it is the whole of it.</summary>
internal static class Importing
{
    private static readonly FormOptions Form = new()
    {
        MultipartBodyLengthLimit = ImportForm.Largest,
        ValueLengthLimit = ImportForm.LongestValue,
        ValueCountLimit = ImportForm.MostValues,
    };

    /// <summary>The fields that there are, as docs/api.md lists them: sent once, sent once for each value, files, and those of the first that are true or false.</summary>
    private static readonly string[] Once = ["source", "audience", "sensitive", "originator", "grade", "complete", "opinion", "schedule", "dated", "agree"],
        Several = ["agencies", "compartments", "purposes", "handling"],
        Files = ["file", "mapping"],
        YesOrNo = ["sensitive", "complete", "opinion"];

    public static void MapImporting(this IEndpointRouteBuilder api)
    {
        api.MapPost("/imports", Begin).Needs(KeyScope.BringIn).WithMetadata(new RequestSizeLimitAttribute(ImportForm.Largest), new WaitsForWork());
        api.MapGet("/imports/{id:id}", Progress).Needs(KeyScope.BringIn).WithMetadata(new WaitsForWork());
    }

    private static async Task<IResult> Begin(HttpContext context, Gate gate, ImportJobs jobs, Uploads uploads, WorkbenchOptions options)
    {
        var viewer = context.Viewer()!;
        if (!viewer.May(Power.BringIn))
            return Problems.NotAllowed(context);
        if (!context.Request.HasFormContentType)
            return Problems.Of(415, "Send the file and what is to be said of it as multipart/form-data, with the fields of the page “Bring in a file”.");
        using var turn = jobs.Turn(viewer);
        if (turn is null)
            return Problems.Of(409, $"{ImportJobs.LastOneRuns}.");
        IFormCollection form;
        try
        {
            form = await context.Request.ReadFormAsync(Form, context.RequestAborted);
        }
        // The second where it ends before its last part does.
        catch (Exception wrong) when (wrong is InvalidDataException or (IOException and not BadHttpRequestException))
        {
            return Problems.Of(400, "The form could not be read: a part of it is cut off, or longer than is taken.");
        }
        var asked = new ImportForm(viewer, gate, options);
        if (!asked.MayBringIn)
            return Problems.NotAllowed(context);
        asked.Read(form["source"], form["grade"], form["complete"] == "true", form["opinion"] == "true", form["schedule"], form["dated"]);
        var errors = new ModelStateDictionary();
        DemandKnown(context.Request.Query, form, errors);
        ImportAnswer? agreed = form["agree"].ToString() switch
        {
            "" => ImportAnswer.GiveUp,
            "yes" => ImportAnswer.Yes,
            "add" => ImportAnswer.OnlyAdd,
            _ => null,
        };
        if (agreed is null)
            errors.AddModelError("agree", "Say yes, or add, or leave it out");
        var order = await asked.Order(uploads, form.Files.GetFiles("file"), form.Files["mapping"], form, errors, context.RequestAborted);
        if (order is null)
            return Problems.Of(400, string.Join(" ", errors.SelectMany(e => e.Value!.Errors.Select(x => $"{e.Key}: {x.ErrorMessage}."))));
        if (jobs.Start(viewer, order with { IfAsked = agreed }, context.Key()?.Id) is not { } job)
        {
            order.Dispose();
            return Problems.Of(409, $"{ImportJobs.LastOneRuns}.");
        }
        await Task.WhenAny(job.Running, Task.Delay(options.WaitForWork, context.RequestAborted));
        return Told(job, gate.For(viewer), job.Summary is not null ? StatusCodes.Status201Created : StatusCodes.Status202Accepted, $"/api/v1/imports/{job.Id}");
    }

    /// <summary>
    /// Refuses what is no field, or no value of one. On a page only what there is to choose can be sent; of a program's misspelt field nothing would come, and more
    /// would see the file, or take it for fact, than it meant.
    /// </summary>
    private static void DemandKnown(IQueryCollection query, IFormCollection form, ModelStateDictionary errors)
    {
        if (query.Count > 0)
            errors.AddModelError("form", "Send the fields in the form, and none in the address");
        if (form.Keys.Except([.. Once, .. Several], StringComparer.OrdinalIgnoreCase).Any())
            errors.AddModelError("form", $"Known are {string.Join(", ", Once.Concat(Several))}, and as files {string.Join(" and ", Files)}, and nothing else");
        if (form.Files.Select(f => f.Name).Except(Files, StringComparer.OrdinalIgnoreCase).Any() || form.Files.GetFiles("mapping").Count > 1)
            errors.AddModelError("form", $"As files are sent {string.Join(" and ", Files)}, the second once, and nothing else");
        foreach (string field in Once.Where(f => form[f].Count > 1))
            errors.AddModelError(field, "Send it once");
        foreach (string field in YesOrNo.Where(f => form[f] is { Count: > 0 } given && given[0] is not ("true" or "false")))
            errors.AddModelError(field, "It is true or false");
    }

    private static async Task<IResult> Progress(RecordId id, HttpContext context, Gate gate, ImportJobs jobs, WorkbenchOptions options)
    {
        var viewer = context.Viewer()!;
        var view = gate.For(viewer);
        if (jobs.Find(viewer, id) is not { } job)
            return Import(view, id) is { } import ? JsonAnswer.Of(json => Write(json, id, import, view)) : Results.NotFound();
        await Task.WhenAny(job.Running, Task.Delay(options.WaitForWork, context.RequestAborted));
        return Told(job, view, StatusCodes.Status200OK, null);
    }

    private static IResult Told(ImportJob job, View view, int status, string? location)
    {
        if (job.Summary is { } summary)
            // As it is now: what it brought in may have been erased, or be out of sight.
            return Import(view, summary.Id) is { } import ? JsonAnswer.Of(json => Write(json, job.Id, import, view), status, location) : Results.NotFound();
        return JsonAnswer.Of(
            json =>
            {
                json.WriteStartObject();
                json.WriteString("id", job.Id.ToString());
                json.WriteString("state", job.Finished ? "refused" : "working");
                if (job.Finished)
                {
                    json.WriteString("problem", job.Problem);
                    WriteRejections(json, job.Rejections);
                }
                else
                {
                    json.WriteString("words", job.Words);
                    json.WriteNumber("share", Math.Round(job.Share, 2));
                }
                json.WriteEndObject();
            },
            status,
            location
        );
    }

    private static ImportSummary? Import(View view, RecordId id) => view.Sources().SelectMany(s => s.Imports).FirstOrDefault(i => i.Id == id);

    private static void Write(Utf8JsonWriter json, RecordId id, ImportSummary import, View view)
    {
        json.WriteStartObject();
        json.WriteString("id", id.ToString());
        json.WriteString("state", "done");
        json.WritePropertyName("import");
        json.WriteImport(import, label => Shown.Label(label, view.Viewer));
        WriteRejections(json, view.Rejections(import.Id, ImportResultModel.RejectionsShown));
        json.WriteEndObject();
    }

    private static void WriteRejections(Utf8JsonWriter json, IReadOnlyList<Rejection> rejections)
    {
        json.WriteStartArray("rejections");
        foreach (var rejection in rejections)
            json.WriteRejection(rejection);
        json.WriteEndArray();
    }
}
