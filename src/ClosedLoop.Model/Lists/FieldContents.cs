namespace ClosedLoop.Model.Lists;

/// <summary>Questions about <see cref="FieldContent"/>.</summary>
public static class FieldContents
{
    /// <summary>Whether the field holds an address of content and not the content.</summary>
    public static bool IsReference(this FieldContent content) =>
        content is FieldContent.RefText or FieldContent.RefImage or FieldContent.RefLink or FieldContent.RefAttachment;
}
