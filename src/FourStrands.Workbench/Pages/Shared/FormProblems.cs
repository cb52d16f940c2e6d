using FourStrands.Picture;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace FourStrands.Workbench.Pages;

/// <summary>What is wrong with a form about agencies and people, beside its questions.</summary>
internal static class FormProblems
{
    public static void Add(this ModelStateDictionary errors, PeopleException problem)
    {
        foreach (var wrong in problem.All)
            errors.AddModelError(wrong.Field, wrong.Message);
    }
}
