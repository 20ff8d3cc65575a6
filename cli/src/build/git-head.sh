# Sourced: git_head ROOT sets GIT_HEAD to the checked-out commit, or to nothing where that takes
# more than reading two small files (no clone, a linked work tree, packed references).
git_head() {
  GIT_HEAD=
  [ -r "$1/.git/HEAD" ] || return 0
  read -r GIT_HEAD <"$1/.git/HEAD" || return 0
  case $GIT_HEAD in
    "ref: "*)
      git_ref=$1/.git/${GIT_HEAD#ref: }
      GIT_HEAD=
      [ ! -r "$git_ref" ] || read -r GIT_HEAD <"$git_ref" || return 0
      ;;
  esac
}
