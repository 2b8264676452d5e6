using ClosedLoop.Model.Mailings;

namespace ClosedLoop.Model.Delivery;

/// <summary>Tells before anything is stored whether a content can be rendered.</summary>
public interface IContentJudge
{
    /// <summary>What is wrong with it, or <c>null</c>.</summary>
    string? FaultOf(FrozenMailing content);

    /// <summary>What is doubtful about it, each with its place: how it renders, and what filters against spam dislike.</summary>
    IReadOnlyList<string> DoubtsOf(FrozenMailing content);
}
