/* Preview only: what is wrong, over the page; and the file that a page was made from. */
(function () {
  'use strict';
  var make = function (tag, name, text) {
    var element = document.createElement(tag);
    element.className = name;
    if (text) element.textContent = text;
    return element;
  };

  function showProblems(problems) {
    if (!problems.length) return;
    var box = make('section', 'preview-problems');
    box.setAttribute('role', 'alert');
    box.lang = 'en';
    box.appendChild(make('h2', '', 'The site is as it was before the last save'));
    problems.forEach(function (problem) {
      var row = make('p', '');
      row.appendChild(make('code', '', problem.where));
      row.appendChild(make('b', '', problem.message));
      if (problem.hint) row.appendChild(make('span', '', problem.hint));
      box.appendChild(row);
    });
    document.body.appendChild(box);
  }

  function showFile(path) {
    var box = make('p', 'preview-file');
    box.lang = 'en';
    box.appendChild(make('code', '', path));
    var button = make('button', '', 'Copy');
    button.type = 'button';
    button.addEventListener('click', function () {
      navigator.clipboard.writeText(path).then(function () { button.textContent = 'Copied'; });
    });
    box.appendChild(button);
    document.body.appendChild(box);
  }

  fetch('/_preview/problems.json')
    .then(function (answer) { return answer.json(); })
    .then(function (state) { showProblems(state.problems); });
  var made = document.querySelector('meta[name="broadsheet:file"]');
  if (made) showFile(made.content);
})();
